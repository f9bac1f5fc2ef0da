/** A written mail: the same in plain text and HTML. */
export interface Mail {
  readonly kind: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** What a mail says: one idea, and one thing to do. */
export interface Message {
  readonly kind: string;
  readonly subject: string;
  readonly productName: string;
  readonly paragraphs: readonly string[];
  readonly action: { readonly label: string; readonly link: string };
  /** Smaller, below the action: when it ends, what to do if it was not expected. */
  readonly footnote: string;
}

/** Writes a message in text and HTML. One column that fits 360 px, no picture, nothing loaded from anywhere. */
export function writeMail({ kind, subject, ...message }: Message): Mail {
  return { kind, subject, text: textOf(message), html: htmlOf(subject, message) };
}

type Body = Omit<Message, 'kind' | 'subject'>;

function textOf({ paragraphs, action, footnote, productName }: Body): string {
  return [
    ...paragraphs,
    `${action.label}:\n${action.link}`,
    footnote,
    `-- \n${productName}\n`,
  ].join('\n\n');
}

function htmlOf(subject: string, { paragraphs, action, footnote, productName }: Body): string {
  const body = paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`).join('\n');
  const link = escapeHtml(action.link);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(subject)}</title>
</head>
<body style="margin:0;padding:24px 16px;font:16px/1.5 system-ui,sans-serif">
<div style="max-width:480px;margin:0 auto;overflow-wrap:anywhere">
${body}
<p><a href="${link}" style="display:inline-block;padding:12px 20px;border-radius:6px;background:#4000bf;color:#ffffff;text-decoration:none">${escapeHtml(action.label)}</a></p>
<p style="font-size:14px">Or open this address: <a href="${link}">${link}</a></p>
<p style="font-size:14px">${escapeHtml(footnote)}</p>
<p style="font-size:14px">${escapeHtml(productName)}</p>
</div>
</body>
</html>
`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => entities[letter] ?? letter);
}
