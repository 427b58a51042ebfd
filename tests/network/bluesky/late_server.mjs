// Loaded before network.mjs by a test: the second PDS, which the AppView reads, comes late, as on a machine that is busy.
import { TestPds } from '@atproto/dev-env'

const LATE = 17_000
const create = TestPds.create
let made = 0
TestPds.create = async (config) => {
  made += 1
  if (made === 2) await new Promise((done) => setTimeout(done, LATE))
  return create.call(TestPds, config)
}
