// One cell of a CSV file as RFC 4180 has it.

/** In quotes where the text needs them. */
export function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
