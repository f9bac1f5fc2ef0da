/** A small page without a script. `body` is HTML. */
export function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title}</title><style>:root{color-scheme:light dark}body{font:15px/1.5 system-ui;max-width:44rem;margin:2rem auto;padding:0 1rem}
nav a{margin-right:1rem}article,tr{border-top:1px solid}article{padding-block:1rem}h2{font-size:1rem;margin:0}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit}table{width:100%;border-collapse:collapse;margin-top:2rem;text-align:left}
td,th{padding:.5rem .5rem .5rem 0;vertical-align:top}td{overflow-wrap:anywhere;min-width:5rem}label{display:block;margin:1rem 0 .25rem}
input{box-sizing:border-box;width:100%;padding:.5rem;font:inherit}button{padding:.5rem 1rem;font:inherit}form>button{margin-top:1rem}td form>button{margin:0}</style>
<nav aria-label="Outside"><a href="/">Outgoing mail</a><a href="/dns">DNS</a></nav><main><h1>${title}</h1>${body}</main></html>`;
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text as HTML, for content and attributes in double quotes. */
export function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? '');
}
