// Calls of functions as other tools write them: `np.exp(x)`, `exp[x]`, `e^x`, `I(t)`, `noise(a, b)`, `TimedArray(…)`.
import { tokenMatcher } from "../../../grammar/chevrotain.ts";
import {
  BinaryOperator,
  Caret,
  Colon,
  Dot,
  Else,
  Equals,
  LParen,
  LSquare,
  Name,
  NumberLiteral,
  RParen,
  RSquare,
  StringLiteral,
  Then,
} from "../../../grammar/tokens.ts";
import { DISTRIBUTION_NAMES, habitOf } from "../../diagnostics/habits.ts";
import { foreignWord } from "../../diagnostics/syntax.ts";
import { isUnitSymbol } from "../../quantities/unit.ts";
import type { Token } from "../lexical.ts";
import {
  MODELS,
  declaresInModel,
  findAt,
  fix,
  onLine,
  readAs,
  replace,
  rewritten,
  spanning,
  statementEnd,
  told,
  written,
} from "./scene.ts";
import type { Finding, Recogniser, Scene } from "./scene.ts";

/** `np.exp(x)` */
export const moduleName: Recogniser = (scene, i) => {
  const { tokens } = scene;
  const [module, dot, name] = [tokens[i], tokens[i + 1], tokens[i + 2]];
  if (
    module === undefined ||
    dot?.tokenType !== Dot ||
    name === undefined ||
    !MODULES.has(module.image) ||
    tokens[i - 1]?.tokenType === Dot
  )
    return null;
  const isOwn = OWN.has(module.image);
  if (isOwn && (!MODELS.has(scene.block) || !scene.declared.has(name.image))) return null;
  if (tokens[i + 3]?.tokenType !== LParen && name.image !== "pi" && !isOwn) return null;
  return {
    diagnostic: told(
      scene,
      i,
      i + 3,
      isOwn ? "self.x" : "np.",
      fix(`write \`${name.image}\``, replace(scene, i, i + 2, "")),
    ),
    instead: [],
    next: i + 2,
  };
};

const OWN: ReadonlySet<string> = new Set(["self", "this"]);

const MODULES: ReadonlySet<string> = new Set([...OWN, "np", "numpy", "math", "Math", "scipy", "torch", "jnp"]);

/** `exp[x]`, `e^(x)` and `a·b`, in which `·` is a letter to Unicode */
export const named: Recogniser = (scene, i) => {
  const { tokens, declared } = scene;
  const [token, next] = [tokens[i], tokens[i + 1]];
  if (token === undefined || next === undefined) return null;
  if (token.image.includes("·") && token.image !== "·")
    return rewritten(scene, i, i + 1, "a·b", token.image.replaceAll("·", "*"));
  const called = /^\p{Lu}\p{Ll}+$/u.test(token.image) ? token.image.toLowerCase() : token.image;
  if (next.tokenType === LSquare && ELEMENTARY.has(called) && !declared.has(token.image)) {
    const close = findAt(tokens, i + 2, tokens.length, () => false);
    return tokens[close]?.tokenType === RSquare
      ? rewritten(scene, i, close + 1, "exp[x]", `${called}(${multiplied(written(scene, i + 2, close))})`)
      : null;
  }
  if (token.image !== "e" || declared.has("e") || next.tokenType !== Caret) return null;
  const open = tokens[i + 2]?.tokenType === LParen;
  const close = open ? findAt(tokens, i + 3, tokens.length, () => false) : i + 2;
  return rewritten(
    scene,
    i,
    close + 1,
    "e^x",
    open ? `exp${written(scene, i + 2, close + 1)}` : `exp(${written(scene, i + 2, close + 1)})`,
  );
};

/** Functions that are called the same everywhere. */
const ELEMENTARY: ReadonlySet<string> = new Set([
  "exp",
  "log",
  "sqrt",
  "sin",
  "cos",
  "tan",
  "sinh",
  "cosh",
  "tanh",
  "abs",
  "min",
  "max",
  "floor",
  "ceil",
  "round",
  ...DISTRIBUTION_NAMES,
]);

/** Mathematica's `2 Pi f t` with its signs. */
function multiplied(text: string): string {
  return text
    .replace(/\bPi\b/gu, "π")
    .replace(/([\p{L}\p{N}_)])[ \t]+(?=([\p{L}_][\p{L}\p{N}_]*|\())/gu, (whole, before: string, word: string) =>
      (/\d/u.test(before) && isUnitSymbol(word)) || /^(?:and|or|not|then|else)$/u.test(word) ? whole : `${before}*`,
    );
}

/** `sin x`, `exp -x/τ` */
export const withoutParentheses: Recogniser = (scene, i) => {
  const { tokens, declared, start, block } = scene;
  const [name, next] = tokens.slice(i, i + 2);
  if (
    name === undefined ||
    next === undefined ||
    i === start ||
    !MODELS.has(block) ||
    !/^(?:exp|log|sqrt|sin|cos|tan|sinh|cosh|tanh|abs)$/u.test(name.image) ||
    declared.has(name.image) ||
    !onLine(name, next) ||
    !(tokenMatcher(next, Name) || next.tokenType === NumberLiteral)
  )
    return null;
  const end = findAt(
    tokens,
    i + 1,
    statementEnd(tokens, i + 1),
    (t) => /^[-+,]$/u.test(t.image) || [Then, Else].some((type) => t.tokenType === type),
  );
  const text = `${name.image}(${written(scene, i + 1, end)})`;
  const fixes = end === i + 2 ? fix(`write \`${text}\``, replace(scene, i, end, text)) : [];
  return { diagnostic: told(scene, i, end, "sin x", fixes), instead: [readAs(name, NumberLiteral, "0")], next: end };
};

/** `float(x)`, `float(V > E)` */
export const cast: Recogniser = (scene, i) => {
  const { tokens, declared } = scene;
  const [word, open] = tokens.slice(i, i + 2);
  if (
    !/^(?:float|double|real|Float64|np_float)$/u.test(word?.image ?? "") ||
    declared.has(word?.image ?? "") ||
    open?.tokenType !== LParen
  )
    return null;
  const close = findAt(tokens, i + 2, tokens.length, () => false);
  if (tokens[close]?.tokenType !== RParen) return null;
  const inside = written(scene, i + 2, close);
  const isCondition = findAt(tokens, i + 2, close, (t) => /^(?:[<>=!]=?|≤|≥|≠|and|or|not)$/u.test(t.image)) < close;
  const text = isCondition ? `(if ${inside} then 1 else 0)` : close === i + 3 ? inside : `(${inside})`;
  return rewritten(scene, i, close + 1, "float(x)", text);
};

/** `lambda t: 300 pA` */
export const lambda: Recogniser = (scene, i) => {
  const [word, t, colon] = scene.tokens.slice(i, i + 3);
  if (word?.image !== "lambda" || t?.image !== "t" || colon?.tokenType !== Colon) return null;
  return {
    ...rewritten(scene, i, i + 3, "lambda t: x", ""),
    diagnostic: told(
      scene,
      i,
      i + 3,
      "lambda t: x",
      fix("leave `lambda t:` out", {
        span: {
          source: scene.source,
          start: word.startOffset,
          end: scene.tokens[i + 3]?.startOffset ?? colon.endOffset + 1,
        },
        newText: "",
      }),
    ),
  };
};

/** `ξ(t)`, `I(t)` */
export const atTime: Recogniser = (scene, i) => {
  const { tokens, declared } = scene;
  const [name, t, close] = [tokens[i - 1], tokens[i + 1], tokens[i + 2]];
  if (
    name === undefined ||
    t === undefined ||
    close?.tokenType !== RParen ||
    (t.image !== "t" && !isLetOfState(scene, i)) ||
    !(declared.has(name.image) || name.image === "ξ" || name.image === "xi")
  )
    return null;
  return {
    ...rewritten(scene, i, i + 3, t.image === "t" ? "i(t)" : "f(v) = …", ""),
    diagnostic: told(
      scene,
      i - 1,
      i + 3,
      t.image === "t" ? "i(t)" : "f(v) = …",
      fix(`leave \`(${t.image})\` out`, replace(scene, i, i + 3, "")),
    ),
  };
};

/** `m_inf(V)`, where `m_inf` is a `let` and `V` a state of the model. */
function isLetOfState({ tokens }: Scene, i: number): boolean {
  return (
    declaresInModel(tokens, i, tokens[i - 1]?.image, /^let$/u) &&
    declaresInModel(tokens, i, tokens[i + 1]?.image, /^(?:state|,)$/u)
  );
}

/** `σ*noise` */
export const noiseAsValue: Recogniser = (scene, i) =>
  noiseCalled(scene, i) ??
  (tokenMatcher(scene.tokens[i - 1] ?? (scene.tokens[i] as Token), BinaryOperator)
    ? rewritten(scene, i, i + 1, "σ*noise", "ξ")
    : null);

/** `noise(300 pA, 50 pA)` */
function noiseCalled(scene: Scene, i: number): Finding | null {
  const { tokens } = scene;
  const [word, open] = [tokens[i], tokens[i + 1]];
  const close = findAt(tokens, i + 2, tokens.length, () => false);
  if (word === undefined || open?.tokenType !== LParen || tokens[close]?.tokenType !== RParen || i === scene.start)
    return null;
  return {
    diagnostic: told(scene, i, close + 1, "noise(a, b)", []),
    instead: [readAs(word, NumberLiteral, "0")],
    next: close + 1,
  };
}

/** `TimedArray([0, 1]*pA, dt=1*ms)`: nothing is said of what stands in it. */
export const foreignCall: Recogniser = (scene, i) => {
  const { tokens } = scene;
  const [token, open] = [tokens[i], tokens[i + 1]];
  if (token === undefined || open?.tokenType !== LParen || !/^\p{Lu}/u.test(token.image)) return null;
  const habit = habitOf("function", token.image) ?? habitOf("statement", token.image);
  if (habit === null) return null;
  const close = findAt(tokens, i + 2, tokens.length, () => false);
  if (
    tokens[close]?.tokenType !== RParen ||
    !tokens
      .slice(i, close)
      .some((t) => t.tokenType === Equals || t.tokenType === StringLiteral || t.tokenType === RSquare)
  )
    return null;
  return {
    diagnostic: foreignWord(spanning(scene, i, close + 1), { word: token.image, help: habit.say }),
    instead: [readAs(token, NumberLiteral, "0")],
    next: close + 1,
  };
};
