// The comment that a model file begins with, as Markdown: what the galleries say about it.
import { readFileSync } from "node:fs";

/** The comment that a file begins with: its first paragraph, and the others; indented lines stay as they are. */
export function headerOf(path: string): { readonly title: string; readonly body: string } {
  const lines = readFileSync(path, "utf8").split("\n");
  const end = lines.findIndex((l) => !l.startsWith("//") || l.startsWith("///"));
  const paragraphs: string[][] = [[]];
  for (const line of lines.slice(0, end).map((l) => l.replace(/^\/\/ ?/, ""))) {
    if (line === "") paragraphs.push([]);
    else paragraphs.at(-1)?.push(line);
  }
  const [title, ...body] = paragraphs
    .filter((p) => p.length > 0)
    .map((p) => (p.every((l) => l.startsWith("    ")) ? p.join("\n") : p.map(escaped).join("\n")));
  return { title: (title ?? "").replaceAll("\n", " "), body: linked(body.join("\n\n")) };
}

/** Of what the models write, Markdown would take `*` and `_` for emphasis, except between backticks. */
export function escaped(line: string): string {
  return line
    .split("`")
    .map((part, k) => (k % 2 === 1 ? part : part.replaceAll(/[*_]/g, (sign) => `\\${sign}`)))
    .join("`");
}

function linked(text: string): string {
  return text.replaceAll(
    /doi:(10\.(?:[^\s,;()]|\([^\s()]*\))*[^\s,;:.()])/g,
    (_, doi: string) => `[doi:${doi}](https://doi.org/${doi.replaceAll("\\", "")})`,
  );
}
