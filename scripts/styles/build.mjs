// Compiles the style sheet and copies the few script modules into the package.
// `node build.mjs` writes them; `node build.mjs --check` writes nothing and fails, naming the file, when one differs.
// `node build.mjs --out FOLDER` writes elsewhere (the tests compare that with what is kept).
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as sass from 'sass'

const here = dirname(fileURLToPath(import.meta.url))
const args = process.argv.slice(2)
const out = args.includes('--out')
  ? args[args.indexOf('--out') + 1]
  : join(here, '../../schoolgate/web/static/web')
const govuk = join(here, 'node_modules/govuk-frontend/dist/govuk')

// The component modules that our pages use, each bundled by its authors with what it needs.
const MODULES = ['button', 'character-count', 'error-summary']

const files = new Map()
for (const sheet of ['schoolgate', 'dark']) {
  const { css } = sass.compile(join(here, `${sheet}.scss`), {
    loadPaths: [join(here, 'node_modules')],
    style: 'compressed',
    quietDeps: true
  })
  files.set(`${sheet}.css`, css.replaceAll(/\((max|min)-(width|height): /g, '($1-$2:').replaceAll(', ', ',') + '\n')
}
for (const name of MODULES) {
  const source = readFileSync(join(govuk, `components/${name}/${name}.bundle.mjs`), 'utf8')
  // A map that is not shipped would make the manifest of static files fail.
  files.set(`govuk/${name}.mjs`, source.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n'))
}
files.set('govuk/LICENSE.txt', readFileSync(join(here, 'GOVUK-FRONTEND-LICENCE.txt'), 'utf8'))

let differing = 0
for (const [name, text] of files) {
  const path = join(out, name)
  if (args.includes('--check')) {
    let kept = null
    try { kept = readFileSync(path, 'utf8') } catch { /* missing counts as differing */ }
    if (kept !== text) { console.error(`differs: ${name}`); differing++ }
  } else {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
}
process.exit(differing ? 1 : 0)
