// Foreign ways of writing indices and lists: `index k = 1:2`, `{1, 2} pA`, `linspace(1 pA, 2 pA, 3)`, `sum(x[k], k)`.
import { tokenMatcher } from "../../../grammar/chevrotain.ts";
import { Comma, Equals, Identifier, Index, LSquare, Name, NumberLiteral, QuantityKeyword, RParen, RSquare, Semicolon, Star, Unit } from "../../../grammar/tokens.ts"; // prettier-ignore
import { isUnitSymbol } from "../../quantities/unit.ts";
import type { Token } from "../lexical.ts";
import { closingBracket, findAt, onLine, readAs, rewritten, statementEnd, written } from "./scene.ts";
import type { Recogniser, Scene } from "./scene.ts";

/** `index k = 1:2`, `index k in 1..2`, `index k = 2`, `index k = range(2)` */
export const indexRange: Recogniser = (scene, i) => {
  const { tokens } = scene;
  const [word, name] = tokens.slice(i, i + 2);
  if (word?.tokenType !== Index || name === undefined || !tokenMatcher(name, Name)) return null;
  let end = i + 2;
  while (end < tokens.length && onLine(tokens[end], word) && !/^[;}]$/u.test(tokens[end]?.image ?? "")) end++;
  const given = written(scene, i + 2, end);
  const range = rangeMeant(given);
  return range === null || `=${range}` === given.replace(/\s+/gu, "")
    ? null
    : rewritten(scene, i, end, "index k = 1:2", `index ${name.image} = ${range}`);
};

const A_TO_B =
  /^[[({]?\s*(?<a>[\p{L}\p{N}_]+)\s*(?<sign>\.\.\.?<?=?|:|to\b|-|–|…|,\s*(?:\.\.\.?|…)\s*,)\s*(?<b>[\p{L}\p{N}_]+)\s*[\])}]?$/u;

/** What stands behind the name of an index, as its two ends. */
function rangeMeant(given: string): string | null {
  const plain = given.replace(/^\s*(?:=|:|in\b|from\b|over\b)\s*/u, "").trim();
  const [, from = "0", below] = /^range\s*\(\s*(?:(\d+)\s*,\s*)?(\d+)\s*\)$/u.exec(plain) ?? [];
  if (below !== undefined) return Number(below) > Number(from) ? `${from}..${Number(below) - 1}` : null;
  const [, size] = /^[[(]?\s*(\d+)\s*[\])]?$/u.exec(plain) ?? [];
  if (size !== undefined) return Number(size) > 0 ? `1..${size}` : null;
  const { a, sign = "", b } = A_TO_B.exec(plain)?.groups ?? {};
  if (a !== undefined && b !== undefined)
    return !sign.endsWith("<") ? `${a}..${b}` : /^\d+$/u.test(b) ? `${a}..${Number(b) - 1}` : null;
  const all = (/^[[{(]\s*(\d+(?:\s*,\s*\d+)+)\s*[\]})]$/u.exec(plain)?.[1] ?? "").split(",").map(Number);
  return all.length > 1 && all.every((k, n) => n === 0 || k === (all[n - 1] ?? 0) + 1)
    ? `${String(all[0])}..${String(all[all.length - 1])}`
    : null;
}

/** `x[k] = {1, 2} pA`, `(1, 2) pA`, `[1; 2] pA`, `[1 2]*pA`: at the bracket that opens the list. */
export const listOf: Recogniser = (scene, i) => {
  const { tokens } = scene;
  if (!isListed(scene, i)) return null;
  const close = closingBracket(tokens, i) - 1;
  if (close <= i + 1) return null;
  const inside = written(scene, i + 1, close).trim();
  const items = topLevel(inside, ",;").flatMap((item) =>
    /^[-+\d.e]+(?:[ \t]+[-+\d.e]+)+$/iu.test(item) ? item.split(/\s+/u) : [item],
  );
  const end = unitEnd(scene, close + 1);
  const unit = written(scene, close + 1, end).replace(/^\s*\*\s*/u, "");
  const text = `[${items.join(", ")}]${unit === "" ? "" : ` ${unit}`}`;
  const isOurs =
    tokens[i]?.tokenType === LSquare && !/;/u.test(inside) && items.length === topLevel(inside, ",").length;
  return items.length < 2 || isOurs
    ? null
    : { ...rewritten(scene, i, end, "{1, 2} pa", text), instead: asList(scene, i, close, end) };
};

/** The tokens of a list with brackets around it and commas in it, each where it stands. */
function asList({ tokens }: Scene, open: number, close: number, end: number): Token[] {
  const inside = tokens.slice(open + 1, close).flatMap((token, k, all) => {
    const before = all[k - 1];
    const follows = before?.tokenType === NumberLiteral && (token.tokenType === NumberLiteral || (token.image === "-" && all[k + 1]?.startOffset === token.endOffset + 1)); // prettier-ignore
    if (token.tokenType === Semicolon) return [readAs(token, Comma, ",")];
    return before !== undefined && follows
      ? [{ ...readAs(before, Comma, ","), startOffset: before.endOffset + 1, endOffset: before.endOffset }, token]
      : [token];
  });
  const unit = tokens[end - 1];
  return [
    readAs(tokens[open] as Token, LSquare, "["),
    ...inside,
    readAs(tokens[close] as Token, RSquare, "]"),
    ...(end > close + 1 && unit !== undefined ? [readAs(unit, Unit)] : []),
  ];
}

/** `x[k] = linspace(1, 3, 3) pA`, `arange(…)`, `zeros(3)`, `ones(3)*2 pA` */
export const listCalled: Recogniser = (scene, i) => {
  const { tokens } = scene;
  if (!isListed(scene, i) || tokens[i + 1]?.image !== "(") return null;
  const close = closingBracket(tokens, i + 1) - 1;
  const whole = statementEnd(tokens, i);
  const stop = findAt(tokens, close + 1, whole, (t) => t.tokenType === Comma);
  const call = /^(linspace|arange|zeros|ones)\s*\(\s*([^()]*?)\s*\)$/u.exec(written(scene, i, close + 1));
  if (tokens[close]?.tokenType !== RParen || call === null) return null;
  const [, f = "", inside = ""] = call;
  if (f === "ones" && tokens[close + 1]?.tokenType === Star)
    return rewritten(scene, i, stop, "linspace(…)", written(scene, close + 2, stop));
  const end = unitEnd(scene, close + 1);
  const behind = written(scene, close + 1, end).replace(/^\s*\*\s*/u, "");
  if (f === "zeros" || f === "ones")
    return rewritten(scene, i, end, "linspace(…)", `${f === "ones" ? "1" : "0"} ${behind}`.trim());
  const given = inside.split(",").map((a) => /^\s*(-?[\d.]+(?:e-?\d+)?)\s*(\S*)\s*$/iu.exec(a));
  const [a, b, c] = given.map((g) => Number(g?.[1]));
  const units = new Set([...given.map((g) => g?.[2] ?? ""), behind].filter((u) => u !== ""));
  if (a === undefined || b === undefined || c === undefined || ![a, b, c].every(Number.isFinite) || units.size > 1)
    return null;
  const count = f === "linspace" ? c : Math.ceil((b - a) / c - 1e-9);
  const width = f === "linspace" ? (b - a) / (c - 1) : c;
  if (!(count >= 2 && count <= MOST_WRITTEN) || !Number.isInteger(count)) return null;
  const values = Array.from({ length: count }, (_, k) => Number((a + k * width).toPrecision(12)));
  return rewritten(scene, i, end, "linspace(…)", `[${values.join(", ")}] ${[...units][0] ?? ""}`.trim());
};

/** Longer lists are better said by their index. */
const MOST_WRITTEN = 20;

/** `max([a, b])` */
export const listArgument: Recogniser = (scene, i) => {
  const { tokens } = scene;
  const [word, open, square] = tokens.slice(i, i + 3);
  if (!/^(?:max|min)$/u.test(word?.image ?? "") || open?.image !== "(" || square?.tokenType !== LSquare) return null;
  const [close, end] = [closingBracket(tokens, i + 2), closingBracket(tokens, i + 1)];
  return close + 1 === end && word !== undefined
    ? rewritten(scene, i, end, "max([a, b])", `${word.image}(${written(scene, i + 3, close - 1)})`)
    : null;
};

/** `sum(x[k], k)`, `sum(k, x[k])`, `Σ x[k]`, `sum x[k]`, `sum(x[k] for k in 1..2)` */
export const sumOver: Recogniser = (scene, i) => {
  const { tokens, declared, indices } = scene;
  const [word, next] = tokens.slice(i, i + 2);
  if (
    word === undefined ||
    next === undefined ||
    !/^(?:sum|Σ)(?:_\p{L})?$/u.test(word.image) ||
    declared.has(word.image)
  )
    return null;
  if (next.image !== "(") {
    if (!tokenMatcher(next, Name) || !onLine(word, next)) return null;
    const end = tokens[i + 2]?.tokenType === LSquare ? closingBracket(tokens, i + 2) : i + 2;
    return rewritten(scene, i, end, "sum(x[k], k)", `sum(${written(scene, i + 1, end)})`);
  }
  const end = closingBracket(tokens, i + 1);
  const inside = written(scene, i + 2, end - 1);
  const parts = topLevel(inside.replace(/\s+for\s+\p{L}+\s+in\b.*$/su, ""), ",");
  const body = parts.filter((p) => !indices.has(p.replace(/\s*(?:=|in\b).*$/su, "")));
  const [only] = body;
  if (only === undefined || body.length > 1 || (word.image === "sum" && only === inside.trim())) return null;
  return rewritten(scene, i, end, "sum(x[k], k)", `sum(${only})`);
};

/** Behind the `=` of something with an index, in its declaration. */
function isListed({ tokens, start }: Scene, i: number): boolean {
  const head = tokens[start];
  return (
    head !== undefined &&
    tokenMatcher(head, QuantityKeyword) &&
    tokens[i - 1]?.tokenType === Equals &&
    tokens[i - 2]?.tokenType === RSquare
  );
}

/** Behind the unit that follows a list, `pA` or `*pA`; `i` where there is none. */
function unitEnd({ tokens, declared }: Scene, i: number): number {
  const k = tokens[i]?.tokenType === Star ? i + 1 : i;
  const unit = tokens[k];
  if (unit === undefined || !onLine(tokens[i - 1], unit)) return i;
  const isUnit = unit.tokenType === Unit || (unit.tokenType === Identifier && isUnitSymbol(unit.image));
  return isUnit && !declared.has(unit.image) ? k + 1 : i;
}

/** Parted by these, but not within brackets. */
function topLevel(text: string, separators: string): string[] {
  const parts = [""];
  let depth = 0;
  for (const c of text) {
    depth += "([{".includes(c) ? 1 : ")]}".includes(c) ? -1 : 0;
    if (depth === 0 && separators.includes(c)) parts.push("");
    else parts[parts.length - 1] += c;
  }
  return parts.map((p) => p.trim());
}
