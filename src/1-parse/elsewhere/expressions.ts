// Foreign ways of writing inside expressions: conditions of Python and C, units of NMODL, decimal commas, comments of MATLAB, modules.
import { tokenMatcher } from "../../../grammar/chevrotain.ts";
import {
  And, AndSigns, AssignmentOperator, BinaryOperator, BlockKeyword, Caret, Colon, Comma, Dot, DotDot, Else, Equals, Greater, Identifier, If, Import, LBrace, LParen, LSquare, Minus, Name, Noise, NumberLiteral, Param, Percent, QuantityKeyword,
  Question, RBrace, Refractory, RParen, RSquare, Semicolon, Slash, Star, StringLiteral, Unit, UnknownUnit, Where,
} from "../../../grammar/tokens.ts"; // prettier-ignore
import { habitOf } from "../../diagnostics/habits.ts";
import { foreignWord } from "../../diagnostics/syntax.ts";
import { malformedUnit } from "../../diagnostics/units.ts";
import { isUnitSymbol, parseUnit, withoutParentheses } from "../../quantities/unit.ts";
import { suggestUnits } from "../../quantities/suggestUnits.ts";
import { labelled } from "./comparisons.ts";
import { argument, clamp, rule, slice } from "./networks.ts";
import type { Token } from "../lexical.ts";
import {
  between,
  closing,
  endsOperand,
  expressionStart,
  findAt,
  fix,
  onLine,
  readAs,
  replace,
  rewritten,
  spanning,
  startsStatement,
  statementEnd,
  told,
  written,
} from "./scene.ts";
import type { Finding, Recogniser, Scene } from "./scene.ts";

export function inExpression(scene: Scene, i: number): Finding | null {
  const type = scene.tokens[i]?.tokenType;
  for (const [first, recognise] of RECOGNISERS)
    if (first === type) {
      const found = recognise(scene, i);
      if (found !== null) return found;
    }
  return null;
}

/** `param C = 100 pF (constant)` */
const constantFlag: Recogniser = (scene, i) => {
  const { tokens, start } = scene;
  const [word, close] = [tokens[i + 1], tokens[i + 2]];
  if (
    tokens[start]?.tokenType !== Param ||
    word === undefined ||
    !/^(constant|shared)$/u.test(word.image) ||
    close?.tokenType !== RParen ||
    !endsOperand(tokens[i - 1]) ||
    scene.declared.has(word.image)
  )
    return null;
  return {
    ...rewritten(scene, i, i + 3, "x = 1 (constant)", "", "leave it out"),
    diagnostic: told(scene, i, i + 3, "x = 1 (constant)", fix("leave it out", between(scene, i - 1, i + 3))),
  };
};

/** `300 pA if t > 5 ms`, `a if c else b` */
const pythonCondition: Recogniser = (scene, i) => {
  const { tokens, start, block } = scene;
  if (!onLine(tokens[i - 1], tokens[i]) || !endsOperand(tokens[i - 1]) || block === "network" || i - 1 <= start)
    return null;
  const end = statementEnd(tokens, i);
  const otherwise = findAt(tokens, i + 1, end, (t) => t.tokenType === Else || t.tokenType === Comma);
  if (otherwise === i + 1) return null;
  const hasElse = tokens[otherwise]?.tokenType === Else;
  const stop = hasElse ? findAt(tokens, otherwise + 1, end, (t) => t.tokenType === Comma) : otherwise;
  const from = expressionStart(tokens, i, start);
  const last = hasElse ? written(scene, otherwise + 1, stop) : "0";
  const text = `if ${written(scene, i + 1, otherwise)} then ${written(scene, from, i)} else ${last}`;
  return {
    diagnostic: told(
      scene,
      i,
      stop,
      hasElse ? "a if c else b" : "a if c",
      // `0 if V > 0 mV`: what it is else is not said.
      last === "0" && written(scene, from, i) === "0" ? [] : fix(`write \`${text}\``, replace(scene, from, stop, text)),
    ),
    instead: [],
    next: stop,
  };
};

/** `c ? a : b` */
const cCondition: Recogniser = (scene, i) => {
  const { tokens, start } = scene;
  const end = statementEnd(tokens, i);
  const colon = findAt(tokens, i + 1, end, (t) => t.tokenType === Colon);
  const stop = findAt(tokens, colon + 1, end, (t) => t.tokenType === Comma);
  const from = expressionStart(tokens, i, start);
  const text = `if ${written(scene, from, i)} then ${written(scene, i + 1, colon)} else ${written(scene, colon + 1, stop)}`;
  const fixes =
    tokens[colon]?.tokenType === Colon && colon < stop
      ? fix(`write \`${text}\``, replace(scene, from, stop, text))
      : [];
  return { diagnostic: told(scene, i, i + 1, "c ? a : b", fixes), instead: [], next: Math.max(stop, i + 1) };
};

/** `2 (ms)`, `0.3 (mho/cm2)`, and `0.02 1/ms` */
const unitBehind: Recogniser = (scene, i) => {
  const { tokens, declared } = scene;
  const [number, next, unit] = [tokens[i], tokens[i + 1], tokens[i + 2]];
  if (
    number === undefined ||
    !onLine(number, next) ||
    !onLine(number, unit) ||
    next === undefined ||
    unit === undefined
  )
    return null;
  if (
    next.image === "1" &&
    unit.tokenType === Unit &&
    unit.image.startsWith("/") &&
    unit.startOffset === next.endOffset + 1
  ) {
    const gap = { span: { source: scene.source, start: number.endOffset + 1, end: unit.startOffset }, newText: " " };
    return {
      diagnostic: told(scene, i, i + 3, "0.02 1/ms", fix(`write \`${number.image} ${unit.image}\``, gap)),
      instead: [number, unit],
      next: i + 3,
    };
  }
  const inBrackets = next.tokenType === Slash && unit.tokenType === LParen ? bracketed(scene, i) : null;
  if (inBrackets !== null) return inBrackets;
  if (next.image === "per" && "unit" in parseUnit(`/${unit.image}`))
    return rewritten(scene, i, i + 3, "0.02 per ms", `${number.image} /${unit.image}`);
  if (
    next.tokenType === Unit &&
    unit.tokenType === Identifier &&
    !declared.has(unit.image) &&
    tokens[i + 3]?.tokenType !== Equals
  )
    return unitApart(scene, i);
  if (next.tokenType !== LParen && next.tokenType !== LSquare) return null;
  const close = findAt(tokens, i + 2, Math.min(tokens.length, i + 12), () => false);
  if (tokens[close]?.tokenType !== (next.tokenType === LParen ? RParen : RSquare)) return null;
  const inside = written(scene, i + 2, close).replace(/\s+/gu, "");
  const plain = inside.replace(/\p{L}+\d*/gu, (word) =>
    declared.has(word) || isUnitSymbol(word) ? word : (suggestUnits(word)[0] ?? word),
  );
  const meant =
    plain === "" || declared.has(plain) ? null : "unit" in parseUnit(plain) ? plain : (suggestUnits(plain)[0] ?? null);
  if (inside === "1" && next.tokenType === LParen) return rewritten(scene, i, close + 1, "2 (ms)", number.image);
  if (meant === null || inside === "1") return null;
  const cut = {
    span: { source: scene.source, start: number.endOffset + 1, end: (tokens[close]?.endOffset ?? 0) + 1 },
    newText: ` ${meant}`,
  };
  return {
    diagnostic: told(scene, i, close + 1, "2 (ms)", fix(`write \`${number.image} ${meant}\``, cut)),
    instead: [number],
    next: close + 1,
  };
};

/** `8.314 J/(mol*K)`: parentheses in a unit, which no names of the model can be meant by. */
const unitBelow: Recogniser = (scene, i) => {
  const { tokens, declared } = scene;
  const [number, unit, slash, open] = tokens.slice(i, i + 4);
  if (
    number === undefined ||
    unit?.tokenType !== Unit ||
    slash?.tokenType !== Slash ||
    open?.tokenType !== LParen ||
    !onLine(number, open)
  )
    return null;
  const close = findAt(tokens, i + 4, Math.min(tokens.length, i + 40), () => false);
  if (tokens[close]?.tokenType !== RParen) return null;
  const inside = written(scene, i + 4, close).replace(/\s+/gu, "");
  const words = inside.match(/\p{L}+/gu) ?? [];
  if (!words.every(isUnitSymbol) || words.every((word) => declared.has(word))) return null;
  const whole = spanning(scene, i + 1, close + 1);
  const text = `${unit.image}/(${inside})`;
  const [meant, problem] = [withoutParentheses(text), parseUnit(text)];
  if (meant === null || !("problem" in problem) || problem.problem.kind !== "malformed") return null;
  const diagnostic = malformedUnit(whole, { text, reason: problem.problem.message, meant: { text: meant, at: whole } });
  return { diagnostic, instead: [number, { ...unit, image: meant }], next: close + 1 };
};

/** `0.01 /(mV*ms)`: parentheses in a unit, which no names of the model can be meant by. */
function bracketed(scene: Scene, i: number): Finding | null {
  const { tokens, declared } = scene;
  const close = findAt(tokens, i + 3, Math.min(tokens.length, i + 12), () => false);
  const factors = written(scene, i + 3, close)
    .split("*")
    .map((f) => f.trim());
  const isUnit = factors.every((f) => isUnitSymbol(f.replace(/\^\d$/u, "")) && !declared.has(f));
  return isUnit && tokens[close]?.tokenType === RParen
    ? rewritten(scene, i, close + 1, "1/(mv*ms)", `${tokens[i]?.image ?? ""} ${factors.map((f) => `/${f}`).join("")}`)
    : null;
}

/** `1 µF cm^-2` */
function unitApart(scene: Scene, i: number): Finding | null {
  const { tokens } = scene;
  const [number, unit, factor] = tokens.slice(i, i + 3);
  let end = i + 3;
  if (tokens[end]?.tokenType === Caret) end += tokens[end + 1]?.image === "-" ? 3 : 2;
  const power = written(scene, i + 3, end).replace(/\s+/gu, "");
  const whole = `${unit?.image ?? ""}${power.startsWith("^-") ? `/${factor?.image ?? ""}${power === "^-1" ? "" : `^${power.slice(2)}`}` : `*${factor?.image ?? ""}${power}`}`;
  return number !== undefined && "unit" in parseUnit(whole)
    ? rewritten(scene, i, end, "µf cm^-2", `${number.image} ${whole}`)
    : null;
}

/** `2,5 ms` outside of brackets */
const decimalComma: Recogniser = (scene, i) => {
  const { tokens, inner } = scene;
  const [number, comma, digits] = [tokens[i], tokens[i + 1], tokens[i + 2]];
  if (inner > 0 || comma?.tokenType !== Comma || digits?.tokenType !== NumberLiteral || number === undefined)
    return null;
  if (
    comma.startOffset !== number.endOffset + 1 ||
    digits.startOffset !== comma.endOffset + 1 ||
    !/^\d+$/.test(number.image)
  )
    return null;
  return {
    diagnostic: told(scene, i, i + 3, "2,5", fix("write a decimal point", replace(scene, i + 1, i + 2, "."))),
    instead: [{ ...digits, startOffset: number.startOffset, image: number.image }],
    next: i + 3,
  };
};

/** Names that need no declaration. */
const ANYWHERE = /^(?:t|i|j|pi|e)$/;

/** `… % a comment`, and `a % b` */
const percent: Recogniser = (scene, i) => {
  const { tokens, start, declared } = scene;
  const [before, sign, after] = [tokens[i - 1], tokens[i], tokens[i + 1]];
  if (sign === undefined || (!startsStatement(tokens, i) && !(onLine(before, sign) && endsOperand(before))))
    return null;
  let end = i + 1;
  while (end < tokens.length && onLine(tokens[end], sign)) end++;
  const isOperand =
    after !== undefined &&
    onLine(after, sign) &&
    [NumberLiteral, Name, LParen].some((type) => tokenMatcher(after, type));
  const isComment =
    i === start ||
    startsStatement(tokens, i) ||
    before?.tokenType === Unit ||
    !isOperand ||
    // A word that means nothing here.
    (end === i + 2 && after?.tokenType === Identifier && !declared.has(after.image) && !ANYWHERE.test(after.image)) ||
    (end > i + 2 &&
      tokenMatcher(after, Name) &&
      onLine(after, tokens[i + 2]) &&
      endsOperand(tokens[i + 2]) &&
      tokens[i + 2]?.tokenType === Identifier);
  if (isComment)
    return {
      diagnostic: told(scene, i, i + 1, "%", fix("write `//`", replace(scene, i, i + 1, "//"))),
      instead: [],
      next: end,
    };
  const simple =
    before !== undefined &&
    [Name, NumberLiteral].some((type) => tokenMatcher(before, type)) &&
    [Name, NumberLiteral].some((type) => tokenMatcher(after, type));
  const [a, b] = [written(scene, i - 1, i), written(scene, i + 1, i + 2)];
  const text = `(${a} - ${b}*floor(${a}/${b}))`;
  return {
    diagnostic: told(
      scene,
      i,
      i + 1,
      "a % b",
      simple ? fix(`write \`${text}\``, replace(scene, i - 1, i + 2, text)) : [],
    ),
    instead: [],
    next: end,
  };
};

/** `[I - g*(V - E)]/C`, `{I - g*(V - E)}/C` */
const grouped: Recogniser = (scene, i) => {
  const { tokens, block, start } = scene;
  const open = tokens[i];
  const before = tokens[i - 1];
  if (
    open === undefined ||
    before === undefined ||
    !MODELS.has(block) ||
    i - 1 <= start ||
    !(tokenMatcher(before, BinaryOperator) || tokenMatcher(before, AssignmentOperator) || before.tokenType === LParen)
  )
    return null;
  const end = open.tokenType === LBrace ? closing(tokens, i) : findAt(tokens, i + 1, tokens.length, () => false) + 1;
  const inside = tokens.slice(i + 1, end - 1);
  const last = tokens[end - 1];
  if (
    end <= i + 2 ||
    last?.tokenType !== (open.tokenType === LBrace ? RBrace : RSquare) ||
    !onLine(open, last) ||
    !inside.some((t) => tokenMatcher(t, BinaryOperator)) ||
    inside.some(
      (t) =>
        [Comma, Semicolon, Colon, DotDot, LBrace].some((type) => t.tokenType === type) ||
        tokenMatcher(t, AssignmentOperator),
    )
  )
    return null;
  return {
    diagnostic: told(
      scene,
      i,
      end,
      "[a + b]/c",
      fix("put it in parentheses", replace(scene, i, i + 1, "("), replace(scene, end - 1, end, ")")),
    ),
    instead: [readAs(open, LParen, "("), ...inside, readAs(last, RParen, ")")],
    next: end,
  };
};

/** `-50 mV (threshold)`: a note, of which no word is a name or a unit */
const note: Recogniser = (scene, i) => {
  const { tokens, start, declared } = scene;
  const close = findAt(tokens, i + 1, Math.min(tokens.length, i + 10), () => false);
  const words = tokens.slice(i + 1, close);
  const next = tokens[close + 1];
  if (
    !tokenMatcher(tokens[start] ?? NONE, QuantityKeyword) ||
    tokens[i - 1]?.tokenType !== Unit ||
    tokens[close]?.tokenType !== RParen ||
    words.length === 0 ||
    !words.every((t) => t.tokenType === Identifier && !declared.has(t.image) && !isUnitSymbol(t.image)) ||
    (next !== undefined &&
      onLine(next, tokens[close]) &&
      ![Comma, RBrace, Semicolon].some((type) => next.tokenType === type))
  )
    return null;
  return rewritten(scene, i, close + 1, "1 mv (note)", `/* ${written(scene, i + 1, close)} */`);
};

const NONE = { tokenTypeIdx: -1 } as Token;

/** `… -- a comment` */
const dashes: Recogniser = (scene, i) => {
  const { tokens, declared } = scene;
  const [before, first, second, word] = [tokens[i - 1], tokens[i], tokens[i + 1], tokens[i + 2]];
  if (
    second?.image !== "-" ||
    second.startOffset !== (first?.endOffset ?? 0) + 1 ||
    !onLine(before, first) ||
    !onLine(word, first) ||
    !endsOperand(before) ||
    word?.tokenType !== Identifier ||
    word.startOffset === second.endOffset + 1 ||
    declared.has(word.image)
  )
    return null;
  let end = i + 2;
  while (end < tokens.length && onLine(tokens[end], first)) end++;
  return {
    diagnostic: told(scene, i, i + 2, "--", fix("write `//`", replace(scene, i, i + 2, "//"))),
    instead: [],
    next: end,
  };
};

/** `20 spikes/s`, `100 pico farad` */
const unitInWords: Recogniser = (scene, i) => {
  const { tokens, source } = scene;
  const number = tokens[i];
  if (number === undefined) return null;
  const behind = source.text.slice(number.endOffset + 1, number.endOffset + 40);
  const rate = /^\s*(?:spikes?|spk|sp|events?|imp)\s*\/\s*(ms|s|sec|second)(?![\p{L}\p{N}_])/u.exec(behind);
  const prefixed = /^\s*((?:pico|nano|micro|milli|kilo|mega|giga)\s+\p{L}+)/u.exec(behind);
  const [whole, word = ""] = rate ?? prefixed ?? [];
  const unit = rate !== null ? `/${word === "ms" ? "ms" : "s"}` : suggestUnits(word.replace(/\s+/u, ""))[0];
  if (whole === undefined || unit === undefined) return null;
  const found = tokens.findIndex((t, k) => k > i && t.startOffset > number.endOffset + whole.length);
  const end = found < 0 ? tokens.length : found;
  return {
    ...rewritten(scene, i, end, rate !== null ? "20 spikes/s" : "pico farad", `${number.image} ${unit}`),
    instead: [
      number,
      { ...(tokens[i + 1] as Token), tokenType: Unit, tokenTypeIdx: Unit.tokenTypeIdx ?? 0, image: unit },
    ],
  };
};

/** `1G = 10 nS`, and where it is used */
const digitFirst: Recogniser = (scene, i) => {
  const { tokens } = scene;
  const [number, word] = [tokens[i], tokens[i + 1]];
  if (word === undefined || number === undefined || !/^\p{L}[\p{L}\p{N}_]*$/u.test(word.image)) return null;
  const isNamed = (k: number): boolean =>
    tokens[k]?.image === number.image &&
    tokens[k + 1]?.image === word.image &&
    tokens[k + 1]?.startOffset === (tokens[k]?.endOffset ?? 0) + 1 &&
    tokens[k + 2]?.tokenType === Equals &&
    (tokens[k - 1]?.tokenType === Comma || tokenMatcher(tokens[k - 1] ?? word, QuantityKeyword));
  if (!isNamed(i) && (word.tokenType !== UnknownUnit || !tokens.some((_, k) => isNamed(k)))) return null;
  const name = `${word.image}${number.image.replace(".", "_")}`;
  const places = tokens.flatMap((t, k) =>
    t.image === number.image && tokens[k + 1]?.image === word.image && tokens[k + 1]?.startOffset === t.endOffset + 1
      ? [replace(scene, k, k + 2, name)]
      : [],
  );
  return {
    diagnostic: told(scene, i, i + 2, "1g", fix(`call it \`${name}\``, ...places)),
    instead: [readAs(number, Identifier, name)],
    next: i + 2,
  };
};

/** `a + b ...` at the end of a line */
const continued: Recogniser = (scene, i) => {
  const { tokens } = scene;
  const [before, dots, dot, next] = [tokens[i - 1], tokens[i], tokens[i + 1], tokens[i + 2]];
  if (
    dot?.tokenType !== Dot ||
    dot.startOffset !== (dots?.endOffset ?? 0) + 1 ||
    onLine(next, dot) ||
    !onLine(before, dot)
  )
    return null;
  return {
    diagnostic: told(scene, i, i + 2, "...", fix("leave it out", between(scene, i - 1, i + 2))),
    instead: [],
    next: i + 2,
  };
};

/** `V_{th}`: how LaTeX writes an index */
const subscript: Recogniser = (scene, i) => {
  const { tokens } = scene;
  const [name, open, index, close] = tokens.slice(i, i + 4);
  if (
    name === undefined ||
    !name.image.endsWith("_") ||
    open?.tokenType !== LBrace ||
    open.startOffset !== name.endOffset + 1 ||
    index === undefined ||
    !(tokenMatcher(index, Name) || index.tokenType === NumberLiteral) ||
    close?.tokenType !== RBrace
  )
    return null;
  return rewritten(scene, i, i + 4, "v_{th}", `${name.image}${index.image}`);
};

/** `neuron leaky-IF`, `of leaky-IF`: the name of a model */
const hyphened: Recogniser = (scene, i) => {
  const { tokens } = scene;
  const [before, name, minus, rest] = [tokens[i - 1], tokens[i], tokens[i + 1], tokens[i + 2]];
  if (
    before === undefined ||
    name === undefined ||
    minus?.image !== "-" ||
    minus.startOffset !== name.endOffset + 1 ||
    rest?.startOffset !== minus.endOffset + 1 ||
    !(tokenMatcher(rest, Name) || rest.tokenType === NumberLiteral) ||
    !(tokenMatcher(before, BlockKeyword) || HEADS.has(before.image))
  )
    return null;
  return rewritten(scene, i, i + 3, "t-ref", `${name.image}_${rest.image}`);
};

const HEADS: ReadonlySet<string> = new Set(["of", "extends", "by", "use", "synapse", "comparison"]);

/** `np.exp(x)` */
const moduleName: Recogniser = (scene, i) => {
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

/** `G(V - E)`: left to whoever knows that G is no function. `[1, 2]*pA`: the list's unit. */
const listTimesUnit: Recogniser = (scene, i) => {
  const { tokens, declared } = scene;
  const [star, unit] = [tokens[i + 1], tokens[i + 2]];
  if (
    star?.image !== "*" ||
    unit?.tokenType !== Identifier ||
    declared.has(unit.image) ||
    !("unit" in parseUnit(unit.image))
  )
    return null;
  const close = tokens[i];
  if (close === undefined) return null;
  const cut = { span: { source: scene.source, start: close.endOffset + 1, end: unit.startOffset }, newText: " " };
  return {
    diagnostic: told(scene, i, i + 3, "[1, 2]*pa", fix(`write \`${unit.image}\` directly behind the list`, cut)),
    instead: [close, readAs(unit, Unit)],
    next: i + 3,
  };
};

/** `g_L mV = …`, `input I pA`, and `m = 0.1 h = 0.6` */
const declaredName: Recogniser = (scene, i) => {
  const { tokens, start, inner, declared } = scene;
  const [before, previous, token, next] = [tokens[i - 2], tokens[i - 1], tokens[i], tokens[i + 1]];
  if (
    inner > 0 ||
    token === undefined ||
    before === undefined ||
    !onLine(previous, token) ||
    !tokenMatcher(tokens[start] ?? token, QuantityKeyword)
  )
    return null;
  const isTyped =
    previous !== undefined && tokenMatcher(previous, Name) && (before.tokenType === Comma || i === start + 2);
  if (isTyped) {
    const meant = isUnitSymbol(token.image) ? token.image : suggestUnits(token.image)[0];
    if (
      meant === undefined ||
      declared.has(token.image) ||
      (next !== undefined &&
        onLine(next, token) &&
        ![Equals, Comma, RBrace, Semicolon].some((type) => next.tokenType === type))
    )
      return null;
    return {
      ...rewritten(scene, i, i + 1, "x ms = 1 ms", `: ${meant}`, `write \`${previous.image} : ${meant}\``),
      diagnostic: told(
        scene,
        start,
        i + 1,
        "x ms = 1 ms",
        fix(`write \`${previous.image} : ${meant}\``, replace(scene, i, i + 1, `: ${meant}`)),
      ),
    };
  }
  if (next?.tokenType !== Equals || !endsOperand(previous) || !isInValue(scene, i)) return null;
  const gap = {
    span: { source: scene.source, start: (previous?.endOffset ?? 0) + 1, end: token.endOffset + 1 },
    newText: `, ${token.image}`,
  };
  return {
    diagnostic: told(scene, i, i + 2, "a = 1 b = 2", fix("insert a comma", gap)),
    instead: [{ ...readAs(token, Comma, ","), endOffset: token.startOffset }, readAs(token, Identifier)],
    next: i + 1,
  };
};

/** `state V = E_L mV` */
const unitOfName: Recogniser = (scene, i) => {
  const { tokens, declared, inner } = scene;
  const [before, previous, unit, next] = [tokens[i - 2], tokens[i - 1], tokens[i], tokens[i + 1]];
  if (
    inner > 0 ||
    unit === undefined ||
    !onLine(previous, unit) ||
    before?.tokenType !== Equals ||
    !declared.has(previous?.image ?? "") ||
    declared.has(unit.image) ||
    !PLAIN_UNIT.test(unit.image) ||
    (next !== undefined && onLine(next, unit) && next.tokenType !== Comma && next.tokenType !== RBrace)
  )
    return null;
  return rewritten(scene, i, i + 1, "e_l mv", "", "leave the unit out");
};

/** `param τ: 10 ms` */
const valueBehindColon: Recogniser = (scene, i) => {
  const { tokens, start, inner, block } = scene;
  const [previous, number, unit] = [tokens[i - 1], tokens[i + 1], tokens[i + 2]];
  const isSigned = number?.image === "-" && unit?.tokenType === NumberLiteral;
  if (
    number === undefined ||
    (number.tokenType !== NumberLiteral && !isSigned) ||
    previous === undefined ||
    !tokenMatcher(previous, Name)
  )
    return null;
  if (
    inner === 0 &&
    tokenMatcher(tokens[start] ?? number, QuantityKeyword) &&
    (number.image !== "1" || (unit?.tokenType === Unit && !unit.image.startsWith("/")))
  )
    return rewritten(scene, i, i + 1, "x: 3", " =", "write `=`");
  return inner === 0 &&
    (block === "network" || (block === "comparison" && scene.depth > 1)) &&
    [LBrace, Comma, Semicolon].some((type) => tokens[i - 2]?.tokenType === type)
    ? rewritten(scene, i, i + 1, "x: 3", " =", "write `=`")
    : null;
};

/** `(b v - u)`, `β(V)m`: a product without its sign */
const product: Recogniser = (scene, i) => {
  const { tokens, start, inner, block } = scene;
  const [previous, token] = [tokens[i - 1], tokens[i]];
  if (
    token === undefined ||
    previous === undefined ||
    !onLine(previous, token) ||
    !endsOperand(previous) ||
    !MODELS.has(block)
  )
    return null;
  const head = tokens[start];
  const equals = tokens.slice(start, i).some((t) => tokenMatcher(t, AssignmentOperator));
  if (
    !equals ||
    (inner === 0 && previous.tokenType !== RParen) ||
    previous.tokenType === StringLiteral ||
    head === undefined ||
    (token.tokenType === LParen && previous.tokenType !== RParen) ||
    tokens[i + 1]?.tokenType === Equals ||
    tokens[i + 1]?.tokenType === Colon
  )
    return null;
  return {
    ...rewritten(scene, i, i + 1, "a b", `*${token.image}`, "insert `*`"),
    diagnostic: told(
      scene,
      i - 1,
      i + 1,
      "a b",
      fix("insert `*`", {
        span: { source: scene.source, start: previous.endOffset + 1, end: token.startOffset },
        newText: "*",
      }),
    ),
    instead: [{ ...readAs(token, Star, "*"), endOffset: token.startOffset }, token],
  };
};

const MODELS: ReadonlySet<string> = new Set(["neuron", "mechanism", "synapse"]);

/** `exp[x]`, `e^(x)` and `a·b`, in which `·` is a letter to Unicode */
const named: Recogniser = (scene, i) => {
  const { tokens, declared } = scene;
  const [token, next] = [tokens[i], tokens[i + 1]];
  if (token === undefined || next === undefined) return null;
  if (token.image.includes("·") && token.image !== "·")
    return rewritten(scene, i, i + 1, "a·b", token.image.replaceAll("·", "*"));
  if (next.tokenType === LSquare && ELEMENTARY.has(token.image)) {
    const close = findAt(tokens, i + 2, tokens.length, () => false);
    return tokens[close]?.tokenType === RSquare
      ? rewritten(scene, i, close + 1, "exp[x]", `${token.image}(${written(scene, i + 2, close)})`)
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
]);

/** `G.*(V - E)` */
const elementwise: Recogniser = (scene, i) => {
  const sign = scene.tokens[i + 1];
  if (
    sign === undefined ||
    ![Star, Slash, Caret].some((type) => sign.tokenType === type) ||
    !endsOperand(scene.tokens[i - 1])
  )
    return null;
  return rewritten(scene, i, i + 2, "a.*b", sign.image);
};

/** `lambda t: 300 pA` */
const lambda: Recogniser = (scene, i) => {
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

/** `100x10^-12 F` */
const powerOfTen: Recogniser = (scene, i) => {
  const { tokens, source, declared } = scene;
  const [number, times] = tokens.slice(i, i + 2);
  if (number === undefined || times === undefined || declared.has(times.image)) return null;
  const [whole, exponent = ""] =
    /^\s*[x×]\s*10\s*\^\s*\(?\s*([-−+]?\d+)\s*\)?/u.exec(
      source.text.slice(number.endOffset + 1, number.endOffset + 40),
    ) ?? [];
  if (whole === undefined || /e/iu.test(number.image)) return null;
  const end = tokens.findIndex((t) => t.startOffset > number.endOffset + whole.length);
  const behind = tokens[end];
  const unit =
    behind?.tokenType === Identifier && onLine(behind, number) && isUnitSymbol(behind.image)
      ? [readAs(behind, Unit)]
      : [];
  const text = `${number.image}e${exponent.replace("−", "-").replace("+", "")}`;
  return {
    ...rewritten(scene, i, end < 0 ? tokens.length : end, "100x10^-12", text),
    instead: [{ ...number, image: text }, ...unit],
    next: (end < 0 ? tokens.length : end) + unit.length,
  };
};

/** `x/ms`, `x*mV`: a unit where its number is missing */
const unitAlone: Recogniser = (scene, i) => {
  const { tokens, declared } = scene;
  const unit = tokens[i + 1];
  const previous = tokens[i - 1];
  if (
    unit?.tokenType !== Identifier ||
    unit.image.length < 2 ||
    declared.has(unit.image) ||
    !(previous?.tokenType === RParen || declared.has(previous?.image ?? "")) ||
    !isInValue(scene, i) ||
    [LParen, Dot, Caret].some((type) => tokens[i + 2]?.tokenType === type) ||
    tokens.slice(0, i).some((t) => t.tokenType === Import)
  )
    return null;
  const meant = PLAIN_UNIT.test(unit.image)
    ? unit.image
    : /^(second|volt|amp|siemens|farad|hertz)$|^(m|milli|u|micro|n|nano|p|pico|k)(second|volt|amp|siemens|farad|hertz)$/.test(
          unit.image,
        )
      ? suggestUnits(unit.image)[0]
      : undefined;
  return meant === undefined || !/^[*/]$/.test(tokens[i]?.image ?? "")
    ? null
    : rewritten(scene, i + 1, i + 2, "x/ms", `(1 ${meant})`);
};

/** Behind a `=`, and not in the unit of a declaration. */
function isInValue({ tokens, start }: Scene, i: number): boolean {
  let k = i;
  while (k > start && tokens[k]?.tokenType !== Colon && !tokenMatcher(tokens[k] as Token, AssignmentOperator)) k--;
  return k > start && tokens[k]?.tokenType !== Colon;
}

const PLAIN_UNIT = /^[mµunpk](s|V|A|S|F|Hz)$/u;

/** `ξ(t)`, `I(t)` */
const atTime: Recogniser = (scene, i) => {
  const { tokens, declared } = scene;
  const [name, t, close] = [tokens[i - 1], tokens[i + 1], tokens[i + 2]];
  if (
    name === undefined ||
    t?.image !== "t" ||
    close?.tokenType !== RParen ||
    !(declared.has(name.image) || name.image === "ξ" || name.image === "xi")
  )
    return null;
  return {
    ...rewritten(scene, i, i + 3, "i(t)", "", "leave `(t)` out"),
    diagnostic: told(scene, i - 1, i + 3, "i(t)", fix("leave `(t)` out", replace(scene, i, i + 3, ""))),
  };
};

/** `σ*noise` */
const noiseAsValue: Recogniser = (scene, i) =>
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

/** `… if not refractory`, `… and not refractory`, `(unless refractory)` */
const notRefractory: Recogniser = (scene, i) => {
  const { tokens, block } = scene;
  const [word, not, refractory] = tokens.slice(i, i + 3);
  if (
    block !== "neuron" ||
    word === undefined ||
    not?.image !== "not" ||
    refractory?.tokenType !== Refractory ||
    !onLine(word, refractory) ||
    !endsOperand(tokens[i - 1])
  )
    return null;
  return {
    ...rewritten(scene, i, i + 3, "not refractory", "", "leave it out"),
    diagnostic: told(scene, i, i + 3, "not refractory", fix("leave it out", between(scene, i - 1, i + 3))),
  };
};

/** `v => 30` */
const arrowed: Recogniser = (scene, i) => {
  const { tokens, block } = scene;
  const [sign, next] = [tokens[i], tokens[i + 1]];
  if (
    sign === undefined ||
    next?.tokenType !== Greater ||
    next.startOffset !== sign.endOffset + 1 ||
    block === "network" ||
    !endsOperand(tokens[i - 1])
  )
    return null;
  return rewritten(scene, i, i + 2, "x => y", ">=");
};

/** `TimedArray([0, 1]*pA, dt=1*ms)`: nothing is said of what stands in it. */
const foreignCall: Recogniser = (scene, i) => {
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

const RECOGNISERS = [
  [Identifier, lambda], [Identifier, subscript], [Identifier, hyphened], [Identifier, labelled], [DotDot, continued], [StringLiteral, labelled], [Identifier, named], [Identifier, clamp], [Identifier, argument], [Identifier, rule], [If, rule], [Where, rule], [Identifier, foreignCall], [Identifier, unitOfName], [Identifier, declaredName], [Unit, declaredName], [UnknownUnit, declaredName], [Identifier, product], [LParen, atTime], [LParen, constantFlag], [LParen, note], [LParen, product], [Colon, valueBehindColon],
  [LSquare, slice], [LSquare, grouped], [LBrace, grouped], [Minus, dashes], [Dot, elementwise], [Star, unitAlone], [Slash, unitAlone], [Noise, noiseAsValue], [Equals, arrowed],
  [If, notRefractory], [And, notRefractory], [AndSigns, notRefractory], [If, pythonCondition], [Question, cCondition], [NumberLiteral, digitFirst], [NumberLiteral, unitInWords], [NumberLiteral, powerOfTen], [NumberLiteral, unitBelow], [NumberLiteral, unitBehind], [NumberLiteral, decimalComma], [Percent, percent], [Identifier, moduleName], [RSquare, listTimesUnit],
] as const; // prettier-ignore
