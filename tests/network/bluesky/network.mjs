// A real Bluesky network (PLC, PDS, AppView, moderation service) on the ports that are given as JSON.
// Its servers listen on every interface and its keys are public: never on a school's machine.
import { TestNetwork } from '@atproto/dev-env'

const HOUR = 3_600_000

const ports = JSON.parse(process.argv[2])
const network = await TestNetwork.create({
  dbPostgresSchema: 'bluesky',
  plc: { port: ports.plc },
  pds: { port: ports.pds, hostname: 'localhost' },
  bsky: { port: ports.appview, publicUrl: `http://localhost:${ports.appview}` },
  ozone: { port: ports.moderation },
})
// The AppView calls the PDS before there is one, and after each refusal waits twice as long, up to a minute. So it is
// told to begin again, and has read what the PDS has said so far before anybody comes. Nothing waits for the end of what
// it did before: where it had got through by then, its library never tells that end.
void network.bsky.sub.stop()
await network.bsky.sub.start()
await network.processFullSubscription(HOUR)
process.on('SIGTERM', () => process.exit(0)) // all of it is thrown away
console.log(JSON.stringify({ ready: true, pds: network.pds.url, plc: network.plc.url, appview: network.bsky.url }))
