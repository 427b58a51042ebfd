// A real Bluesky network (PLC, PDS, AppView, moderation service) on the ports that are given as JSON.
// Its servers listen on every interface and its keys are public: never on a school's machine.
import { TestNetwork } from '@atproto/dev-env'

const ports = JSON.parse(process.argv[2])
const network = await TestNetwork.create({
  dbPostgresSchema: 'bluesky',
  plc: { port: ports.plc },
  pds: { port: ports.pds, hostname: 'localhost' },
  bsky: { port: ports.appview, publicUrl: `http://localhost:${ports.appview}` },
  ozone: { port: ports.moderation },
})
process.on('SIGTERM', () => network.close().finally(() => process.exit(0)))
console.log(JSON.stringify({ ready: true, pds: network.pds.url, plc: network.plc.url, appview: network.bsky.url }))
