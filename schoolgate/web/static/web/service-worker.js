// Shows the page with the emergency numbers where there is no network, and tells of a task. It keeps nothing else:
// no page with anybody's data is ever put into its cache (docs/adr/0029). RELEASE, OFFLINE (the page in each language)
// and KEPT are put in front of it.
const CACHE = `schoolgate-${RELEASE}`
const LANGUAGE = '/language'

addEventListener('install', (event) => {
  // What a page sends as it is left must not wait for this worker to start: the page is gone by then.
  event.addRoutes?.({ condition: { requestMethod: 'POST' }, source: 'network' })
  event.waitUntil((async () => {
    const cache = await caches.open(CACHE)
    // Without cookies: what is kept is what anybody is shown.
    await Promise.all([...Object.values(OFFLINE), ...KEPT].map(async (address) => {
      const answer = await fetch(address, { credentials: 'omit', cache: 'reload' })
      if (!answer.ok) throw new Error(`${answer.status}`)
      await cache.put(address, answer)
    }))
  })())
})

// It neither skips waiting nor claims pages that are open: in Chromium a form that is sent at the moment when a worker
// takes over never arrives.
addEventListener('activate', (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name !== CACHE) await caches.delete(name)
  })())
})

// Each page says its language, so that the page without a network is in it.
addEventListener('message', (event) => {
  if (!Object.hasOwn(OFFLINE, event.data?.language)) return
  event.waitUntil(caches.open(CACHE).then((cache) => cache.put(LANGUAGE, new Response(event.data.language))))
})

async function offline (cache) {
  const language = await (await cache.match(LANGUAGE))?.text()
  return cache.match(OFFLINE[language] ?? Object.values(OFFLINE)[0])
}

addEventListener('fetch', (event) => {
  const { request } = event
  if (request.method !== 'GET') return
  const kept = KEPT.includes(new URL(request.url).pathname + new URL(request.url).search)
  if (request.mode !== 'navigate' && !kept) return
  event.respondWith(fetch(request).catch(async () => {
    const cache = await caches.open(CACHE)
    return (await (kept ? cache.match(request.url) : offline(cache))) ?? Response.error()
  }))
})

// What is sent holds a sentence and an address of ours, nothing else.
addEventListener('push', (event) => {
  let told = {}
  try { told = event.data.json() } catch { /* shown without words below */ }
  event.waitUntil(registration.showNotification(told.title || 'Schoolgate', {
    body: told.body || '',
    icon: ICON,
    badge: BADGE,
    tag: 'schoolgate',
    renotify: true,
    lang: told.language || undefined,
    data: { path: typeof told.path === 'string' && told.path.startsWith('/') ? told.path : '/' }
  }))
})

addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil((async () => {
    const address = new URL(event.notification.data?.path ?? '/', location.origin)
    if (address.origin !== location.origin) return
    const [open] = await clients.matchAll({ type: 'window' })
    if (open) { await open.focus(); await open.navigate(address.href).catch(() => clients.openWindow(address.href)) } else await clients.openWindow(address.href)
  })())
})
