// What is done to the pixels of a picture: drawn smaller, turned, cropped, made unrecognisable in one place.
export const LONGEST_EDGE = 2048
const QUALITY = 0.9
const BLOCKS = 5 // an area that is blurred keeps so many blocks on its shorter side
const SHADES = 32 // and so many steps of each colour lie together

// Upright, as its own note says how the telephone was held.
export const open = (file) => createImageBitmap(file)

function canvasOf (width, height) {
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(width))
  canvas.height = Math.max(1, Math.round(height))
  return canvas
}

function pen (canvas) {
  const found = canvas.getContext('2d', { willReadFrequently: true })
  found.imageSmoothingQuality = 'high'
  return found
}

export function draw (picture) {
  const scale = Math.min(1, LONGEST_EDGE / Math.max(picture.width, picture.height))
  const canvas = canvasOf(picture.width * scale, picture.height * scale)
  pen(canvas).drawImage(picture, 0, 0, canvas.width, canvas.height)
  return canvas
}

export async function fileOf (canvas, source) {
  const type = source.type === 'image/png' ? 'image/png' : 'image/jpeg'
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, type, QUALITY))
  return new File([blob], type === 'image/png' ? 'picture.png' : 'picture.jpg', { type })
}

function turned (canvas, { left }) {
  const made = canvasOf(canvas.height, canvas.width)
  const found = pen(made)
  found.translate(made.width / 2, made.height / 2)
  found.rotate(left ? -Math.PI / 2 : Math.PI / 2)
  found.drawImage(canvas, -canvas.width / 2, -canvas.height / 2)
  return made
}

// An area is given in parts of the picture, from 0 to 1; here in pixels.
function pixels (canvas, { x, y, w, h }) {
  const left = Math.floor(x * canvas.width)
  const top = Math.floor(y * canvas.height)
  return {
    left, top,
    width: Math.max(1, Math.min(canvas.width, Math.ceil((x + w) * canvas.width)) - left),
    height: Math.max(1, Math.min(canvas.height, Math.ceil((y + h) * canvas.height)) - top)
  }
}

function cropped (canvas, { area }) {
  const { left, top, width, height } = pixels(canvas, area)
  const made = canvasOf(width, height)
  pen(made).drawImage(canvas, left, top, width, height, 0, 0, width, height)
  return made
}

// Each block becomes one colour, the mean of its pixels in coarse steps: nothing finer is left in the file.
function blurred (canvas, { area, round }) {
  const { left, top, width, height } = pixels(canvas, area)
  const made = canvasOf(canvas.width, canvas.height)
  const found = pen(made)
  found.drawImage(canvas, 0, 0)
  const image = found.getImageData(left, top, width, height)
  const side = Math.max(1, Math.ceil(Math.min(width, height) / BLOCKS))
  const inside = (x, y) => !round || ((2 * x + 1) / width - 1) ** 2 + ((2 * y + 1) / height - 1) ** 2 <= 1
  for (let y = 0; y < height; y += side) {
    for (let x = 0; x < width; x += side) {
      block(image, x, y, Math.min(side, width - x), Math.min(side, height - y), inside)
    }
  }
  found.putImageData(image, left, top)
  return made
}

function block ({ data, width }, left, top, wide, high, inside) {
  const sum = [0, 0, 0]
  for (let y = top; y < top + high; y++) {
    for (let x = left; x < left + wide; x++) for (let c = 0; c < 3; c++) sum[c] += data[4 * (y * width + x) + c]
  }
  const mean = sum.map((total) => Math.min(255, Math.round(total / (wide * high) / SHADES) * SHADES))
  for (let y = top; y < top + high; y++) {
    for (let x = left; x < left + wide; x++) {
      if (inside(x, y)) for (let c = 0; c < 3; c++) data[4 * (y * width + x) + c] = mean[c]
    }
  }
}

const STEPS = { turn: turned, crop: cropped, blur: blurred }

// The picture after these steps, drawn from the beginning: taking a step back leaves no trace of it.
export function drawn (canvas, steps) {
  return steps.reduce((before, step) => STEPS[step.kind](before, step), canvas)
}
