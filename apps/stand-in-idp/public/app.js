// Small comforts; every page works without them.

let touched = false;
document.addEventListener('input', () => {
  touched = true;
});

// A page of results is fetched again when jobs or requests have moved on, unless somebody is using a control on it.
const isInUse = () => touched || document.activeElement?.closest('main') != null;

async function refresh() {
  const answer = await fetch(location.href);
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const fresh = page.querySelector('.shell');
  if (fresh === null || isInUse()) return;
  document.querySelector('.shell').replaceWith(fresh);
  document.body.dataset.live = page.body.dataset.live;
  showCurrent();
}

async function follow() {
  const answer = await fetch('/version').catch(() => undefined);
  const { version } = answer?.ok ? await answer.json() : {};
  const moved = version !== undefined && version !== document.body.dataset.live;
  if (moved && !isInUse()) await refresh().catch(() => undefined);
  setTimeout(follow, 500);
}

if (document.body.dataset.live !== undefined) setTimeout(follow, 250);

// In a narrow window the current tab may lie beyond the edge of its row.
function showCurrent() {
  for (const link of document.querySelectorAll('nav [aria-current]')) {
    const row = link.closest('ul');
    row.scrollLeft = link.offsetLeft - (row.clientWidth - link.clientWidth) / 2;
  }
}

// A section that belongs to one choice shows while it is chosen.
function showChosen() {
  for (const section of document.querySelectorAll('[data-shown-by]')) {
    const { shownBy, shownFor } = section.dataset;
    const chosen = document.querySelector(`input[name="${shownBy}"]:checked`);
    section.hidden = chosen?.value !== shownFor;
  }
}

document.addEventListener('change', ({ target }) => {
  showChosen();
  // The box in a table's head ticks all of its rows.
  if (target.dataset.all === undefined) return;
  for (const box of document.querySelectorAll(`input[name="${target.dataset.all}"]`)) {
    box.checked = target.checked;
  }
});

// A page that only hands something on does it at once; without scripts, by its button.
document.querySelector('form[data-submit]')?.submit();

showChosen();
showCurrent();
