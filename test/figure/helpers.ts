// Figures to test with, and a reader of XML that knows just enough to find it broken.
import type { Figure, Trace } from "../../src/figure/figure.ts";

export function trace(y: ArrayLike<number>, step = 1, name = "V"): Trace {
  return { name, unit: "mV", t: Float64Array.from({ length: y.length }, (_, i) => i * step), y };
}

export function figure(more: Partial<Figure>): Figure {
  return { title: "Model", subtitle: "", duration: 100, panels: [], raster: null, ...more };
}

/** A neuron that charges towards 20 mV above its threshold and is reset, 20,001 samples in 1000 ms. */
export function integrateAndFire(): {
  readonly V: Trace;
  readonly threshold: Trace;
  readonly spikes: readonly number[];
} {
  const [V, spikes]: [number[], number[]] = [[-70], []];
  for (let k = 1, v = -70; k <= 20_000; k++) {
    v += (0.05 * (-30 - v)) / 20;
    if (v > -50) {
      spikes.push(k * 0.05);
      v = -70;
    }
    V.push(v);
  }
  return {
    V: trace(V, 0.05),
    threshold: trace(
      V.map(() => -50),
      0.05,
      "Θ",
    ),
    spikes,
  };
}

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

/** The root element; throws at what a strict reader would refuse. */
export function readXml(xml: string): XmlElement {
  if (/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uD800-\uDFFF\uFFFE\uFFFF]/u.test(xml))
    throw new Error("forbidden character");
  const root: XmlElement = { name: "", attributes: {}, children: [], text: "" };
  const open = [root];
  let end = 0;
  for (const match of xml.matchAll(/<(\/?)([a-zA-Z]+)((?:\s+[a-zA-Z][\w-]*="[^"<]*")*)\s*(\/?)>/g)) {
    const parent = open.at(-1);
    const between = xml.slice(end, match.index);
    if (!parent || /[<>]|&(?!(amp|lt|gt|quot|#39);)/.test(between + (match[3] ?? "")))
      throw new Error(`broken at ${match.index}`);
    parent.text += unescape(between);
    end = match.index + match[0].length;
    if (match[1] === "/") {
      if (open.pop()?.name !== match[2]) throw new Error(`</${match[2]}> closes another at ${match.index}`);
      continue;
    }
    const pairs = [...(match[3] ?? "").matchAll(/([a-zA-Z][\w-]*)="([^"]*)"/g)].map(
      (m) => [m[1] ?? "", unescape(m[2] ?? "")] as const,
    );
    if (new Set(pairs.map(([key]) => key)).size < pairs.length) throw new Error("an attribute twice");
    const element = { name: match[2] ?? "", attributes: Object.fromEntries(pairs), children: [], text: "" };
    parent.children.push(element);
    if (match[4] !== "/") open.push(element);
  }
  if (open.length !== 1 || xml.slice(end).trim() !== "" || root.children.length !== 1 || root.text.trim() !== "")
    throw new Error("not one element");
  return root.children[0] ?? root;
}

export function all(element: XmlElement, name: string): XmlElement[] {
  return [...(element.name === name ? [element] : []), ...element.children.flatMap((child) => all(child, name))];
}

/** All text as it is read, subscripts included. */
export function texts(element: XmlElement): string[] {
  const whole = (e: XmlElement): string => e.text + e.children.map(whole).join("");
  return all(element, "text").map(whole);
}

/** The points of a path of M and L commands. */
export function pathPoints(d: string): { readonly x: number; readonly y: number; readonly moves: boolean }[] {
  return [...d.matchAll(/([ML])(-?[\d.]+) (-?[\d.]+)/g)].map((m) => ({
    x: Number(m[2]),
    y: Number(m[3]),
    moves: m[1] === "M",
  }));
}

function unescape(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
}
