// "Leave this page quickly": what was typed goes, and Back doesn't lead here. No module: it is there before the link is.
document.addEventListener('click', (event) => {
  const away = event.target.closest?.('.sg-leave a')
  if (!away) return
  event.preventDefault()
  for (const form of document.forms) form.reset()
  document.body.hidden = true
  location.replace(away.href)
})
