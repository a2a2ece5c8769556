// SVG as text: elements, escaping and coordinates. The same figure always gives the same bytes.

export type Attributes = Readonly<Record<string, string | number>>;

/** `<name a="…">children</name>`; attribute values are escaped here, children are markup already. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  let open = `<${name}`;
  for (const [key, value] of Object.entries(attributes))
    open += ` ${key}="${typeof value === "number" ? px(value) : escapeXml(value)}"`;
  return children.length === 0 ? `${open}/>` : `${open}>${children.join("")}</${name}>`;
}

/** A text element; the content is escaped. */
export function text(x: number, y: number, content: string, attributes: Attributes = {}): string {
  return element("text", { x, y, ...attributes }, escapeXml(content));
}

export function line(x1: number, y1: number, x2: number, y2: number, attributes: Attributes): string {
  return element("line", { x1, y1, x2, y2, ...attributes });
}

/** For content and attributes; characters that XML 1.0 forbids, and all other control characters, are left out. */
export function escapeXml(content: string): string {
  return content
    .replace(/[\u0000-\u001F\u007F-\u009F\uFFFE\uFFFF]/g, "")
    .replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, "")
    .replace(/[&<>"']/g, (c) => ENTITIES[c] ?? c);
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** A coordinate with at most two decimals. */
export function px(x: number): string {
  const rounded = Math.round(x * 100) / 100;
  return Number.isFinite(rounded) ? String(rounded === 0 ? 0 : rounded) : "0";
}

/** Content for a text element in which `Θ_s` has its s as a subscript, as papers print it; escaped. */
export function mathText(content: string): string {
  const parts = content.split(/(?<![\p{L}\p{N}_])(\p{L})_([\p{L}\p{N}]+)(?![\p{L}\p{N}_])/u);
  let markup = escapeXml(parts[0] ?? "");
  // split with two groups gives: between, letter, subscript, between, …
  for (let i = 1; i < parts.length; i += 3) {
    const lowered = element("tspan", { dy: 4, "font-size": "75%" }, escapeXml(parts[i + 1] ?? ""));
    const after = escapeXml(parts[i + 2] ?? "");
    markup += escapeXml(parts[i] ?? "") + lowered + (after === "" ? "" : element("tspan", { dy: -4 }, after));
  }
  return markup;
}

export function titleElement(content: string): string {
  return element("title", {}, escapeXml(content));
}

/** Width of a text in Helvetica, on the generous side, for leaving room: 0.6 em a character. */
export function textWidth(content: string, size: number): number {
  return [...content].length * size * 0.6;
}
