/* A picture chosen in a story: sent to the desk, taken in there, and named in the field. No script of anybody else. */
(() => {
  const token = (form) => form?.querySelector('input[name="csrfmiddlewaretoken"]')?.value ?? '';

  const show = (box, address) => {
    const image = box.querySelector('img');
    image.src = address;
    image.hidden = !address;
  };

  const showHeld = (box) => {
    const ref = /^picture:([0-9a-f]{32})$/.exec(box.querySelector('input[type="text"]').value);
    if (ref) show(box, `${box.dataset.shown}${ref[1]}-360.webp`);
  };

  const send = async (box, file) => {
    const told = box.querySelector('.desk-picture__told');
    const body = new FormData();
    body.append('picture', file);
    told.textContent = '…';
    const answer = await fetch(box.dataset.upload, {
      method: 'POST',
      body,
      headers: { 'X-CSRFToken': token(box.closest('form')), 'X-Requested-With': 'XMLHttpRequest' },
    });
    const said = await answer.json().catch(() => ({ happened: String(answer.status) }));
    if (!answer.ok) {
      told.textContent = [said.happened, said.next].filter(Boolean).join(' ');
      return;
    }
    told.textContent = '';
    const field = box.querySelector('input[type="text"]');
    field.value = said.src;
    field.dispatchEvent(new Event('change', { bubbles: true }));
    show(box, said.shown);
  };

  document.addEventListener('change', (event) => {
    const box = event.target.closest('[data-desk-picture]');
    if (box && event.target.type === 'file' && event.target.files.length) send(box, event.target.files[0]);
  });

  new MutationObserver((changes) => {
    changes.forEach((change) => change.addedNodes.forEach((node) => {
      if (node.querySelectorAll) node.querySelectorAll('[data-desk-picture]').forEach(showHeld);
    }));
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
