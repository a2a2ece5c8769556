// Texts that nobody would write: bytes, tokens, walks through the grammar, and good models with something wrong in them. Each is a pure function of seed and number.
import { readdirSync, readFileSync } from "node:fs";
import type { ISerializedGast, TokenType } from "chevrotain";
import { EOF } from "../../grammar/chevrotain.ts";
import { GlifParser } from "../../grammar/parser.ts";
import { CASES } from "../laws/models.ts";
import { randomModel } from "./models.ts";

export type InputKind = "bytes" | "tokens" | "grammar" | "spoilt" | "model";
export interface Input {
  readonly kind: InputKind;
  readonly text: string;
}

/** Numbers in [0, 1): Marsaglia's xorshift, so that an input is the same everywhere. */
function numbersFrom(seed: number): () => number {
  let x = (seed * 0x9e3779b1) ^ 0x85ebca6b || 1;
  const next = (): number => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return (x >>> 0) / 4294967296;
  };
  for (let k = 0; k < 8; k++) next();
  return next;
}

const TOKEN =
  /[\p{L}_][\p{L}\p{N}_]*|\d+(?:\.\d+)?(?:e[+-]?\d+)?|"[^"\n]*"|\/\/.*|[ \t]+|\n|<-|->|\+=|\.\.|[<>=!]=|&&|\|\||./gu;

/** Models of the repository: shipped ones, and those that the laws about kernels are tried on. */
const MODELS: readonly string[] = [
  ...readdirSync(new URL("../../models/", import.meta.url))
    .filter((name) => name.endsWith(".glif"))
    .sort()
    .map((name) => readFileSync(new URL(`../../models/${name}`, import.meta.url), "utf8")),
  ...Object.values(CASES),
  ...snippets(readFileSync(new URL("../../grammar/README.md", import.meta.url), "utf8")),
].filter((text) => text.length < 6000);
const SPLIT = MODELS.filter(stands).map((text) => text.match(TOKEN) ?? []);
/** Words as they are met in models, each once, and what is worth trying in the place of any of them. */
const WORDS = [...new Set(SPLIT.flat().filter((t) => t.trim() !== "" && !t.startsWith("//")))].sort();
const NASTY = [
  "0",
  "-1",
  "1e300",
  "1e-300",
  "0.1 ms",
  "dt",
  "t",
  "ξ",
  "i",
  "j",
  "π",
  "__proto__",
  "constructor",
  "toString",
  "k1_V",
  "x'",
  "if",
  "(",
  ")",
  "{",
  "}",
  "[1]",
  "[j]",
  "sum(",
  "1/0",
  "exp(1e9)",
  "sqrt(-1)",
  "~ normal(0, 1)",
  "nS",
  "mV",
  "/ms",
  "min(",
  ",",
  ";",
  "..",
  "//",
  "/*",
  "\u200b",
  "é",
  "𝑥",
  "\u0000",
];

/** A model by itself: it needs no file that is not shipped. */
function stands(text: string): boolean {
  return (
    [...text.matchAll(/from "([^"]*)"/g)].every((m) => (m[1] ?? "").startsWith("glif/")) &&
    !/file\(|recording\(/.test(text)
  );
}

function snippets(reference: string): string[] {
  return [...reference.matchAll(/```glif[^\n]*\n([\s\S]*?)```/g)]
    .map((m) => m[1] ?? "")
    .filter((text) => /^(?:neuron|network|synapse|mechanism|experiment|import)/m.test(text));
}

/** The input of that number. Most are models, made by chance or spoilt: those come furthest. */
export function inputOf(seed: number, number: number): Input {
  const random = numbersFrom(seed * 1_000_003 + number);
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
  const kind = pick<InputKind>([
    "bytes",
    "tokens",
    "grammar",
    "spoilt",
    "spoilt",
    "spoilt",
    "model",
    "model",
    "model",
    "model",
  ]);
  switch (kind) {
    case "bytes":
      return {
        kind,
        text: Array.from({ length: 1 + Math.floor(random() * 200) }, () =>
          String.fromCodePoint(random() < 0.9 ? 9 + Math.floor(random() * 118) : Math.floor(random() * 0xd7ff)),
        ).join(""),
      };
    case "tokens":
      return {
        kind,
        text: Array.from({ length: 1 + Math.floor(random() * 80) }, () => pick(random() < 0.1 ? NASTY : WORDS)).join(
          random() < 0.5 ? " " : "",
        ),
      };
    case "grammar":
      return { kind, text: walk(random) };
    case "spoilt":
      return { kind, text: spoil(pick(SPLIT), random) };
    case "model": {
      const text = randomModel(random);
      return { kind, text: random() < 0.15 ? spoil(text.match(TOKEN) ?? [], random) : text };
    }
  }
}

/** One to four changes: a token left out, doubled, moved, or in the place of another. */
function spoil(tokens: readonly string[], random: () => number): string {
  const result = [...tokens];
  const solid = (): number => {
    for (let tries = 0; tries < 50; tries++) {
      const at = Math.floor(random() * result.length);
      if ((result[at] ?? "").trim() !== "") return at;
    }
    return 0;
  };
  const changes = 1 + Math.floor(random() * 4);
  for (let k = 0; k < changes; k++) {
    const [at, from] = [solid(), solid()];
    const other = result[from] ?? "";
    switch (Math.floor(random() * 9)) {
      case 6:
      case 7: {
        const at = numbered(result, random);
        if (at >= 0) result[at] = ["0", "1", "-1", "2", "1e9", "1e-9", "0.3", "7"][Math.floor(random() * 8)] ?? "0";
        break;
      }
      case 8: {
        // A whole line goes.
        const begin = result.lastIndexOf("\n", at) + 1;
        const end = result.indexOf("\n", at);
        if (end > begin) result.splice(begin, end - begin);
        break;
      }
      case 0:
        result.splice(at, 1);
        break;
      case 1:
        result.splice(at, 0, result[at] ?? "", " ");
        break;
      case 2:
        result[at] = other;
        break;
      case 3:
        result[at] = NASTY[Math.floor(random() * NASTY.length)] ?? "";
        break;
      case 4:
        result[at] = WORDS[Math.floor(random() * WORDS.length)] ?? "";
        break;
      default:
        [result[at], result[from]] = [other, result[at] ?? ""];
    }
  }
  return result.join("");
}

function numbered(tokens: readonly string[], random: () => number): number {
  const all = tokens.flatMap((t, k) => (/^\d/.test(t) ? [k] : []));
  return all[Math.floor(random() * all.length)] ?? -1;
}

let grammar: {
  readonly rules: ReadonlyMap<string, ISerializedGast>;
  readonly lexemes: (token: string) => readonly string[];
} | null = null;

/** Productions of the parser, and lexemes of each kind of token among the words of the models. */
function productions(): NonNullable<typeof grammar> {
  if (grammar !== null) return grammar;
  const parser = new GlifParser({ skipValidations: true, recoveryEnabled: false });
  const rules = new Map(
    parser.getSerializedGastProductions().map((rule) => [(rule as unknown as { name: string }).name, rule]),
  );
  const types = Object.values((parser as unknown as { tokensMap: Readonly<Record<string, TokenType>> }).tokensMap);
  const found = new Map<string, string[]>();
  const lexemes = (name: string): readonly string[] => {
    const known = found.get(name);
    if (known !== undefined) return known;
    const wanted = types.find((type) => type.name === name);
    const fits = (type: TokenType, word: string): boolean =>
      type.PATTERN instanceof RegExp
        ? new RegExp(`^(?:${type.PATTERN.source})$`, type.PATTERN.flags.replace(/[gy]/g, "")).test(word)
        : type.PATTERN === word;
    const kinds = types.filter((type) => type === wanted || (type.CATEGORIES ?? []).some((c) => c === wanted));
    const words = WORDS.filter((word) => kinds.some((type) => fits(type, word)));
    found.set(name, words.length > 0 ? words : ["x"]);
    return found.get(name) ?? [];
  };
  grammar = { rules, lexemes };
  return grammar;
}

/** A random walk through the productions from the file down, ever shorter as it gets deeper. */
function walk(random: () => number): string {
  const { rules, lexemes } = productions();
  const out: string[] = [];
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
  const go = (node: ISerializedGast, depth: number): void => {
    if (out.length > 400) return;
    const any = node as unknown as {
      name: string;
      definition?: readonly ISerializedGast[];
      separator?: { name: string };
    };
    const all = (): void => (any.definition ?? []).forEach((d) => go(d, depth + 1));
    const again = 0.75 / (1 + depth / 12);
    switch (node.type as string) {
      case "Terminal":
        if (any.name !== EOF.name) out.push(pick(lexemes(any.name)));
        return;
      case "NonTerminal": {
        const rule = rules.get(any.name);
        if (rule !== undefined && depth < 60) go(rule, depth + 1);
        return;
      }
      case "Alternation":
        go(pick(any.definition ?? []), depth + 1);
        return;
      case "Option":
        if (random() < 0.5) all();
        return;
      case "Repetition":
      case "RepetitionWithSeparator":
      case "RepetitionMandatory":
      case "RepetitionMandatoryWithSeparator": {
        let more = (node.type as string).includes("Mandatory") || random() < again;
        while (more) {
          all();
          more = random() < again && out.length < 400;
          if (more && any.separator !== undefined) out.push(pick(lexemes(any.separator.name)));
        }
        return;
      }
      default:
        all();
    }
  };
  const file = rules.get("modelFile");
  if (file !== undefined) for (let k = 0; k < 3; k++) go(file, 0);
  return out.map((t) => (random() < 0.2 ? `${t}\n` : `${t} `)).join("");
}
