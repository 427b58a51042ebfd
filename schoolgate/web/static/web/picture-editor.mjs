// The editor of a picture: an area that is drawn, moved and resized by touch, mouse, keys or buttons, and what is done to it.
// Its words and buttons are in the page (posts/_picture_editor.html), in the page's language.
import { draw, drawn, fileOf, open } from './picture-drawing.mjs'

const STEP = 0.02 // of the picture, for one press of a key or a button
const LEAST = 0.03
const CORNER = 28 // pixels around a corner that take hold of it
const BEGINNING = { x: 0.3, y: 0.3, w: 0.4, h: 0.4 }
const MOVES = {
  left: [-1, 0, 0, 0], right: [1, 0, 0, 0], up: [0, -1, 0, 0], down: [0, 1, 0, 0],
  narrower: [0, 0, -1, 0], wider: [0, 0, 1, 0], shorter: [0, 0, 0, -1], taller: [0, 0, 0, 1]
}
const KEYS = { ArrowLeft: ['left', 'narrower'], ArrowRight: ['right', 'wider'], ArrowUp: ['up', 'shorter'], ArrowDown: ['down', 'taller'] }

const dialog = document.getElementById('picture-editor')
const part = (name) => dialog.querySelector(`[data-part=${name}]`)
const between = (least, value, most) => Math.min(most, Math.max(least, value))

let now = null // { source, original, steps, area, held, done } while a picture is edited

export function edit (file) {
  if (!dialog) return Promise.resolve(null)
  return open(file).then((picture) => new Promise((resolve) => {
    now = { source: file, original: draw(picture), steps: [], area: { ...BEGINNING }, held: null, done: resolve }
    picture.close()
    dialog.showModal()
    show(part('canvas').dataset.begin)
    part('area').focus()
  }))
}

// Nothing of a picture stays in the page: the drawings are emptied.
export function forget () {
  if (!now) return
  for (const canvas of [now.original, part('canvas')]) canvas.width = canvas.height = 0
  now = null
}

function close (result) {
  const { done } = now
  forget()
  dialog.close()
  done(result)
}

function show (said) {
  const picture = drawn(now.original, now.steps)
  const canvas = part('canvas')
  canvas.width = picture.width
  canvas.height = picture.height
  canvas.getContext('2d').drawImage(picture, 0, 0)
  part('undo').disabled = !now.steps.length
  place()
  tell(said)
}

function place () {
  const { style } = part('area')
  for (const [name, value] of [['left', now.area.x], ['top', now.area.y], ['width', now.area.w], ['height', now.area.h]]) {
    style[name] = `${value * 100}%`
  }
  part('area').classList.toggle('sg-edit__area--round', round())
}

const round = () => dialog.querySelector('input[name=area-shape]:checked').value === 'round'
const tell = (text) => { part('said').textContent = text }

function where () {
  const parts = { left: now.area.x, right: now.area.x + now.area.w, top: now.area.y, bottom: now.area.y + now.area.h }
  return part('area').dataset.where.replace(/\{(\w+)\}/g, (_all, name) => Math.round(parts[name] * 100))
}

function move (name) {
  const [x, y, w, h] = MOVES[name].map((way) => way * STEP)
  const { area } = now
  area.w = between(LEAST, area.w + w, 1)
  area.h = between(LEAST, area.h + h, 1)
  area.x = between(0, area.x + x, 1 - area.w)
  area.y = between(0, area.y + y, 1 - area.h)
  place()
  tell(where())
}

function step (kind, more, said) {
  now.steps.push({ kind, ...more })
  if (kind !== 'blur') now.area = { ...BEGINNING }
  show(said)
}

const ACTS = {
  crop: (button) => step('crop', { area: { ...now.area } }, button.dataset.done),
  blur: (button) => step('blur', { area: { ...now.area }, round: round() }, button.dataset.done),
  'turn-left': (button) => step('turn', { left: true }, button.dataset.done),
  'turn-right': (button) => step('turn', { left: false }, button.dataset.done),
  undo: (button) => { now.steps.pop(); show(button.dataset.done); if (button.disabled) part('area').focus() },
  cancel: () => close(null),
  use: async () => close(now.steps.length ? await fileOf(part('canvas'), now.source) : null)
}

// By touch and mouse: a corner resizes, the inside moves, anywhere else a new area begins.
function pointOf (event) {
  const box = part('canvas').getBoundingClientRect()
  return {
    x: between(0, (event.clientX - box.left) / box.width, 1),
    y: between(0, (event.clientY - box.top) / box.height, 1),
    near: { x: CORNER / box.width, y: CORNER / box.height }
  }
}

function hold (point) {
  const { x, y, w, h } = now.area
  for (const [corner, other] of [[x, x + w], [x + w, x]]) {
    for (const [edge, opposite] of [[y, y + h], [y + h, y]]) {
      if (Math.abs(point.x - corner) < point.near.x && Math.abs(point.y - edge) < point.near.y) return { from: { x: other, y: opposite } }
    }
  }
  const inside = point.x > x && point.x < x + w && point.y > y && point.y < y + h
  return inside ? { by: { x: point.x - x, y: point.y - y } } : { from: point }
}

function drag (point) {
  const { held, area } = now
  if (held.by) {
    area.x = between(0, point.x - held.by.x, 1 - area.w)
    area.y = between(0, point.y - held.by.y, 1 - area.h)
  } else {
    area.w = between(LEAST, Math.abs(point.x - held.from.x), 1)
    area.h = between(LEAST, Math.abs(point.y - held.from.y), 1)
    area.x = between(0, Math.min(point.x, held.from.x), 1 - area.w)
    area.y = between(0, Math.min(point.y, held.from.y), 1 - area.h)
  }
  place()
}

function wire () {
  const stage = part('stage')
  stage.addEventListener('pointerdown', (event) => {
    event.preventDefault()
    stage.setPointerCapture(event.pointerId)
    now.held = hold(pointOf(event))
    part('area').focus({ preventScroll: true })
  })
  stage.addEventListener('pointermove', (event) => { if (now?.held) drag(pointOf(event)) })
  for (const name of ['pointerup', 'pointercancel']) {
    stage.addEventListener(name, () => { if (now?.held) { now.held = null; tell(where()) } })
  }
  part('area').addEventListener('keydown', (event) => {
    const names = KEYS[event.key]
    if (!names || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    move(names[event.shiftKey ? 1 : 0])
  })
  dialog.addEventListener('click', (event) => {
    const pressed = event.target.closest('button')
    if (!pressed || !now) return
    if (pressed.dataset.move) move(pressed.dataset.move)
    ACTS[pressed.dataset.part]?.(pressed)
  })
  dialog.addEventListener('change', () => { if (now) place() })
  dialog.addEventListener('cancel', (event) => { event.preventDefault(); if (now) close(null) })
}

if (dialog) wire()
