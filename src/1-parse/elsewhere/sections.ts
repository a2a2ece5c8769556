// Blocks of NESTML and NMODL inside of a model, `parameters: …`, `PARAMETER { … }`: what stands in them, each as a statement with its word.
import { tokenMatcher } from "../../../grammar/chevrotain.ts";
import { Colon, LBrace, LParen, QuantityKeyword, RParen } from "../../../grammar/tokens.ts";
import { habitOf } from "../../diagnostics/habits.ts";
import { foreignForm } from "../../diagnostics/foreign.ts";
import { foreignWord } from "../../diagnostics/syntax.ts";
import { parseUnit } from "../../quantities/unit.ts";
import { suggestUnits } from "../../quantities/suggestUnits.ts";
import type { Token } from "../lexical.ts";
import { N } from "./line.ts";
import { MODELS, closing, findAt, fix, onLine, replace, reread, spanning, told, written } from "./scene.ts";
import type { Recogniser, Scene } from "./scene.ts";
import { assigned } from "./statements.ts";

export const section: Recogniser = (scene, i) => {
  const { tokens, block, depth } = scene;
  const word = tokens[i];
  const convert = SECTIONS.get(word?.image.toLowerCase() ?? "");
  if (word === undefined || convert === undefined || depth !== 1 || !MODELS.has(block)) return null;
  const place = bodyOf(scene, i);
  if (place === null) return null;
  const { from, to, end } = place;
  const statements = parts(scene, from, to).map((part) => convert(part, scene));
  const indent = `\n${" ".repeat(Math.max(0, word.startColumn - 1))}`;
  // `state` and `input` are words of the language.
  const isOwn = isQuantity(word);
  const text = statements.includes(null) ? null : statements.filter((s) => s !== "").join("\n");
  const fixes = text === null ? [] : fix(titleOf(text), replace(scene, i, end, text.replaceAll("\n", indent)));
  return {
    diagnostic: isOwn
      ? told(scene, i, i + 2, "state: … end", fixes)
      : foreignWord(spanning(scene, i, i + 1), {
          word: word.image,
          help: habitOf("statement", word.image)?.say ?? "",
          fixes,
        }),
    instead: text === null ? [] : reread(scene, i, end, text),
    next: end,
  };
};

/** Brian2's `eqs = ''' … '''`: equations, named expressions and parameters, a line each. */
export const quotedEquations: Recogniser = (scene, i) => {
  const { tokens, source, block, depth, declared } = scene;
  const [name, equals, quote] = tokens.slice(i, i + 3);
  const [mark = ""] = /^(?:'''|""")/u.exec(source.text.slice(quote?.startOffset ?? source.text.length)) ?? [];
  const close = source.text.indexOf(mark, (quote?.startOffset ?? 0) + 3);
  if (name === undefined || equals?.image !== "=" || mark === "" || close < 0 || depth !== 1 || !MODELS.has(block))
    return null;
  const found = tokens.findIndex((t) => t.startOffset >= close + 3);
  const end = found < 0 ? tokens.length : found;
  const inside = source.text.slice((quote?.startOffset ?? 0) + 3, close);
  const lines = inside
    .split("\n")
    .map((l) => l.replace(/#.*$/u, "").trim())
    .filter((l) => l !== "");
  const statements = lines.map((l) => ofBrian(l, declared));
  const whole = { source, start: name.startOffset, end: close + 3 };
  const indent = `\n${" ".repeat(Math.max(0, name.startColumn - 1))}`;
  const fixes = statements.includes(null)
    ? []
    : fix(titleOf(statements.join("\n")), { span: whole, newText: statements.join(indent) });
  return {
    diagnostic: foreignForm(whole, { written: `${name.image} = ${mark}`, habit: "eqs = …", fixes }),
    instead: [],
    next: end,
  };
};

/** `dV/dt = (E - V)/tau : volt (unless refractory)`, `g = a*b : siemens`, `tau : second` */
function ofBrian(line: string, declared: ReadonlySet<string>): string | null {
  const {
    x,
    y = "",
    f,
    unit = "",
  } = new RegExp(
    `^(?:d(?<x>${N})\\s*/\\s*dt|(?<y>${N}))\\s*(?:=\\s*(?<f>[^=]+?)\\s*)?:\\s*(?<unit>[^\\s:()]+)\\s*(?:\\([^()]*\\))?$`,
    "u",
  ).exec(line)?.groups ?? {};
  const plain = f?.replace(/(?<=\d)\s*\*\s*(?=(?:[mnpuµ]?(?:V|A|S|F|s)|Hz)(?![\p{L}\p{N}_]))/gu, " ");
  if (x !== undefined) return plain === undefined ? null : `${x}' = ${plain}`;
  if (y === "" || declared.has(y)) return null;
  return plain === undefined ? `param ${y} : ${unitOf(unit) ?? unit}` : `let ${y} = ${plain}`;
}

function isQuantity(token: Token | undefined): boolean {
  return token !== undefined && tokenMatcher(token, QuantityKeyword);
}

function titleOf(text: string): string {
  if (text === "") return "leave it out";
  const [first = "", ...more] = text.split("\n");
  return more.length === 0 ? `write \`${first}\`` : `write \`${first}\` and so on`;
}

/** What stands in the braces, behind the colon further in, or before the `end` of a section. */
function bodyOf(
  { tokens }: Scene,
  i: number,
): { readonly from: number; readonly to: number; readonly end: number } | null {
  let open = i + 1;
  if (tokens[open]?.tokenType === LParen) {
    open = findAt(tokens, open + 1, tokens.length, () => false);
    if (tokens[open]?.tokenType !== RParen) return null;
    open++;
  } else if (!isQuantity(tokens[i]) && tokens[open + 1]?.tokenType === LBrace && onLine(tokens[i], tokens[open]))
    open++;
  if (tokens[open]?.tokenType === LBrace) {
    const end = closing(tokens, open);
    return end > open + 1 ? { from: open + 1, to: end - 1, end } : null;
  }
  const head = tokens[i];
  if (head === undefined || tokens[i + 1]?.tokenType !== Colon) return null;
  let to = i + 2;
  const isInside = (t: Token | undefined): boolean =>
    t !== undefined && t.image !== "}" && (onLine(t, head) || t.startColumn > head.startColumn);
  while (to < tokens.length && isInside(tokens[to])) to++;
  if (to === i + 2) return null;
  // A section's own `end`, where the section has one.
  const isEnded = tokens[to]?.image === "end" && !onLine(tokens[to - 1], tokens[to]);
  return { from: i + 2, to, end: isEnded ? to + 1 : to };
}

/** Statements, one a line or several with `;` between them, without comments. */
function parts(scene: Scene, from: number, to: number): string[] {
  return written(scene, from, to)
    .replace(/\/\*[^]*?\*\//gu, "")
    .split(/[\n;]/u)
    .map((line) => line.replace(/(?:\/\/|#).*$/u, "").trim())
    .filter((line) => line !== "" && !/^end$/u.test(line));
}

type Convert = (part: string, scene: Scene) => string | null;

const unitOf = (text: string): string | null => {
  const plain = text.replace(/\s+/gu, "");
  return "unit" in parseUnit(plain) ? plain : (suggestUnits(plain)[0] ?? null);
};

/** `C_m pF = 250 pF`, `gbar = 0.036 (S/cm2) <0, 1>`, `a = 1, b = 2` */
const declaredAs =
  (word: string): Convert =>
  (part) => {
    const lists = part.split(BETWEEN);
    const all = lists.map((one) => {
      const {
        x = "",
        unit,
        value,
      } = new RegExp(
        `^(?<x>${N})\\s*(?:[:(]?\\s*(?<unit>[\\p{L}µ%1][^\\s=()]*)\\s*\\)?)?\\s*(?:=\\s*(?<value>.+))?$`,
        "su",
      ).exec(one.trim())?.groups ?? {};
      if (x === "" || (value === undefined && unit === undefined)) return null;
      const own = unit === undefined ? null : unitOf(unit);
      if (unit !== undefined && own === null) return null;
      const plain = value
        ?.replace(/\s+:\s[^=]*$/u, "")
        .replace(/\s*<[^<>]*>\s*$/u, "")
        .replace(/(?<=[\d.])\s*\(\s*([^()\s]+)\s*\)/u, (whole, text: string) => {
          const meant = text === "1" ? "" : unitOf(text);
          return meant === null ? whole : ` ${meant}`.trimEnd();
        })
        .trim();
      return `${word} ${x}${own === null ? "" : ` : ${own}`}${plain === undefined ? "" : ` = ${plain}`}`;
    });
    return all.includes(null) ? null : all.join("\n");
  };

/** Between `a = 1` and `b = 2`, with or without a comma. */
const BETWEEN = new RegExp(`(?:,\\s*|(?<==.*[\\p{N}\\p{L})>])\\s+)(?=${N}\\s*(?:\\([^()]*\\)\\s*)?=)`, "u");

/** NMODL's `m h n`, and what all write with a value. */
const states: Convert = (part, scene) => {
  if (part.includes("=")) return declaredAs("state")(part, scene);
  const names = part.split(/[\s,]+/u);
  if (scene.tokens.some((t) => t.image === "INITIAL")) return "";
  return names.every((name) => new RegExp(`^${N}$`, "u").test(name))
    ? names.map((name) => `state ${name} = 0`).join("\n")
    : null;
};

const initial: Convert = (part, scene) => {
  const { x = "" } = new RegExp(`^(?<x>${N})\\s*=`, "u").exec(part)?.groups ?? {};
  return x === "" || scene.declared.has(x)
    ? /^\w+\([^()]*\)$/u.test(part)
      ? ""
      : null
    : declaredAs("state")(part, scene);
};

const equations: Convert = (part, { declared }) => {
  if (/^(?:SOLVE|CONSERVE|integrate_odes|rates|settables|evaluate_fct)\b|^\w+\([^()]*\)$/u.test(part)) return "";
  if (/^kernel\b/u.test(part)) return null;
  const {
    x,
    y = "",
    f = "",
  } = new RegExp(`^(?:d(?<x>${N})\\s*/\\s*dt|(?<y>${N})')\\s*=\\s*(?<f>.+)$`, "su").exec(part)?.groups ?? {};
  if (f !== "") return `${x ?? y}' = ${f.replace(/\s*:\s*\S+\s*(?:\([^()]*\))?$/u, "")}`;
  const plain = part.replace(/^(?:recordable\s+)?(?:inline|let)\s+/u, "");
  const { name = "" } = new RegExp(`^(?<name>${N})`, "u").exec(plain)?.groups ?? {};
  return declared.has(name) ? null : declaredAs("let")(plain, { declared } as Scene);
};

const inputs: Convert = (part, scene) => {
  const { x = "", unit } =
    new RegExp(`^(?<x>${N})(?:\\s+(?<unit>[^\\s<]+))?\\s*<-\\s*continuous$`, "u").exec(part)?.groups ?? {};
  if (/<-\s*(?:inhibitory\s+|excitatory\s+)*spikes?$/u.test(part)) return "";
  if (x !== "") return `input ${x}${unit === undefined ? "" : ` : ${unitOf(unit) ?? unit}`}`;
  return new RegExp(`^${N}$`, "u").test(part) ? `input ${part}` : declaredAs("input")(part, scene);
};

const nothing: Convert = () => "";

/** What is listed is left out, unless something reads it that is declared nowhere else. */
const assignedNames: Convert = (part, { tokens, declared }) =>
  part.split(/[\s,]+/u).some((x) => !declared.has(x) && tokens.filter((t) => t.image === x).length > 1) ? null : "";

const arriving: Convert = (part, { block }) => (block === "synapse" ? `on pre { ${assigned(part)} }` : null);

const SECTIONS: ReadonlyMap<string, Convert> = new Map<string, Convert>([
  ["param", declaredAs("param")], ["const", declaredAs("const")], ["let", declaredAs("let")], ["parameters", declaredAs("param")], ["parameter", declaredAs("param")], ["params", declaredAs("param")],
  ["constants", declaredAs("const")], ["constant", declaredAs("const")], ["internals", declaredAs("let")], ["aliases", declaredAs("let")],
  ["state", states], ["states", states], ["variables", states], ["initial", initial], ["initial_values", initial], ["init", initial],
  ["equations", equations], ["equation", equations], ["derivative", equations], ["breakpoint", equations], ["dynamics", equations], ["procedure", equations],
  ["update", (part) => (/^\w+\([^()]*\)$/u.test(part) ? "" : null)], ["input", inputs], ["inputs", inputs], ["output", nothing], ["outputs", nothing],
  ["assigned", assignedNames], ["units", nothing], ["independent", nothing], ["net_receive", arriving],
]); // prettier-ignore
