/** Quotes a piece of what the client sent for an error text, cut to a readable length. */
export function quotedPiece(text: string): string {
  const piece = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return JSON.stringify(piece.toWellFormed());
}
