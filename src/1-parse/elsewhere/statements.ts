// Foreign ways of writing whole statements: Brian2's texts and flags, XPP's initial values, words followed by `=`, resets and refractoriness without their braces.
import { tokenMatcher } from "../../../grammar/chevrotain.ts";
import {
  Arrow, AssignmentOperator, Colon, Drop, Duration, Equals, FunctionKeyword, Hold, Identifier, If, LBrace, LParen, LSquare, Method, Name, Noise, NumberLiteral, On, Param, QuantityKeyword, RBrace, Record, Refractory, RightArrow, Reset, RParen, Seed, Spike, State, Step,
  Semicolon, StringLiteral, When, Dot,
} from "../../../grammar/tokens.ts"; // prettier-ignore
import { habitOf } from "../../diagnostics/habits.ts";
import { expected, keywordAsName, unexpected } from "../../diagnostics/syntax.ts";
import { isUnitSymbol } from "../../quantities/unit.ts";
import { suggestUnits } from "../../quantities/suggestUnits.ts";
import type { Token } from "../lexical.ts";
import { indexRange } from "./lists.ts";
import {
  closing,
  closingBracket,
  findAt,
  fix,
  inModel,
  insertBefore,
  insertBehind,
  onLine,
  readAs,
  replace,
  rewritten,
  spanning,
  statementEnd,
  told,
  written,
} from "./scene.ts";
import type { Recogniser, Scene } from "./scene.ts";

/** At the beginning of a statement. */
export const inStatement: Recogniser = (scene, i) => {
  for (const recognise of RECOGNISERS) {
    const found = recognise(scene, i);
    if (found !== null) return found;
  }
  return null;
};

/** `refractory = 2 ms`, and in experiments `method = "euler"`; what else is set there may be a parameter of such a name. */
const wordEquals: Recogniser = (scene, i) => {
  const { tokens, block } = scene;
  const [word, equals, value] = [tokens[i], tokens[i + 1], tokens[i + 2]];
  if (word === undefined || equals?.tokenType !== Equals || value === undefined) return null;
  const soft =
    block === "experiment" && value.tokenType === StringLiteral && WORDS.some((type) => word.tokenType === type);
  if (!soft && word.tokenType !== Refractory && word.tokenType !== Spike) return null;
  const read = word.tokenType === Spike ? [word, readAs(equals, When)] : [word];
  const drop = replace(scene, i + 1, i + 2, word.tokenType === Spike ? "when" : "");
  const gap =
    word.tokenType === Spike || value.startOffset === equals.endOffset + 1
      ? drop
      : { span: { source: scene.source, start: equals.startOffset, end: value.startOffset }, newText: "" };
  if (value.tokenType !== StringLiteral)
    return { diagnostic: told(scene, i, i + 2, "word =", fix("leave `=` out", gap)), instead: read, next: i + 2 };
  const inside = value.image.slice(1, -1).replace(/(?<=\d)\s*\*\s*(?=\p{L})/gu, " ");
  const instead = [
    ...read,
    word.tokenType === Method || word.tokenType === Record ? readAs(value, Identifier, inside) : value,
  ];
  return {
    diagnostic: told(
      scene,
      i,
      i + 3,
      "word =",
      fix(`write \`${word.image} ${inside}\``, replace(scene, i + 1, i + 3, inside)),
    ),
    instead,
    next: i + 3,
  };
};

const WORDS = [Duration, Step, Seed, Method, Record] as const;

/** `duration: 250 ms`, `method "rk4"` */
const wordColon: Recogniser = (scene, i) => {
  const { tokens, block } = scene;
  const [word, next] = [tokens[i], tokens[i + 1]];
  if (
    word === undefined ||
    next === undefined ||
    block !== "experiment" ||
    !onLine(word, next) ||
    !WORDS.some((type) => word.tokenType === type)
  )
    return null;
  if (next.tokenType === Colon) return rewritten(scene, i, i + 2, "word =", word.image, "leave `:` out");
  if (next.tokenType !== StringLiteral || word.tokenType === Record) return null;
  return rewritten(scene, i, i + 2, "quoted word", `${word.image} ${next.image.slice(1, -1)}`);
};

/** `threshold V > V_th`, `threshold: V > V_th`; without a comparison it is a word of another tool. */
const threshold: Recogniser = (scene, i) => {
  const { tokens, block } = scene;
  const next = tokens[i + 1];
  if (
    block !== "neuron" ||
    tokens[i]?.image.toLowerCase() !== "threshold" ||
    next === undefined ||
    !onLine(tokens[i], next) ||
    next.tokenType === LBrace ||
    next.tokenType === Equals
  )
    return null;
  const from = next.tokenType === Colon ? i + 2 : i + 1;
  const end = statementEnd(tokens, from);
  const text = written(scene, from, end);
  return /[<>≤≥]/.test(text) ? rewritten(scene, i, end, "threshold =", `spike when ${text}`) : null;
};

/** `reset V = V_r`, `spike when V > 0 mV { V = V_r }`, `on spike { V <- V_r }` */
const assignedApart: Recogniser = (scene, i) => {
  const { tokens, block } = scene;
  const [word, next] = [tokens[i], tokens[i + 1]];
  if (word === undefined || next === undefined || !onLine(word, next)) return null;
  if (word.tokenType === Reset && next.tokenType !== LBrace) {
    const first = statementEnd(tokens, i);
    let end = first;
    while (tokens[end]?.tokenType === Semicolon && onLine(tokens[end + 1], word) && isAssigned(tokens[end + 2]))
      end = statementEnd(tokens, end + 1);
    const text = written(scene, i + 1, end).replace(/^([\p{L}_][\p{L}\p{N}_]*)\s+(?:to|at)\s/u, "$1 = ");
    const isTo = /^(?:to|at)$/u.test(tokens[i + 2]?.image ?? "");
    return (tokens[i + 2]?.tokenType === Equals || (end > first && (isTo || isAssigned(tokens[i + 2])))) &&
      onLine(next, tokens[end - 1])
      ? rewritten(scene, i, end, "reset =", `reset { ${allAssigned(text)} }`)
      : null;
  }
  if (word.tokenType === On && block === "synapse" && /^(pre|post)$/u.test(next.image)) {
    const end = statementEnd(tokens, i);
    const from = tokens[i + 2]?.tokenType === Colon ? i + 3 : i + 2;
    const text = written(scene, from, end);
    return from < end && tokens[from]?.tokenType !== LBrace && /(?:[-+*/]=|[^<>=!]=(?!=))/u.test(text)
      ? rewritten(scene, i, end, "on pre g += w", `on ${next.image} { ${assigned(text)} }`)
      : null;
  }
  if (word.tokenType === On && next.tokenType === Spike && tokens[i + 2]?.tokenType === LBrace)
    return secondReset(scene, i) ?? rewritten(scene, i, i + 2, "on spike", block === "synapse" ? "on pre" : "reset");
  if (word.tokenType !== Spike || next.tokenType !== When) return null;
  const unfinished = withoutSecond(scene, i);
  if (unfinished !== null) return unfinished;
  let brace = statementEnd(tokens, i);
  while (brace < tokens.length && tokens[brace]?.tokenType === Reset && onLine(tokens[brace], word)) brace++;
  if (tokens[brace]?.tokenType !== LBrace || !onLine(tokens[brace], tokens[brace - 1])) return null;
  const end = closing(tokens, brace);
  if (end <= brace) return null;
  const inside = written(scene, brace + 1, end - 1);
  if (inside.includes("{")) return null;
  const indent = " ".repeat(Math.max(0, word.startColumn - 1));
  return rewritten(
    scene,
    i,
    end,
    "spike when c { }",
    `${written(scene, i, tokens[brace - 1]?.tokenType === Reset ? brace - 1 : brace).replace(/\s+then\s*$/u, "")}\n${indent}reset { ${allAssigned(inside)} }`,
  );
};

/** `spike when V > V_th and`, and the next line is a statement. */
function withoutSecond({ tokens, source }: Scene, i: number): ReturnType<Recogniser> {
  let end = i + 1;
  while (onLine(tokens[end], tokens[i])) end++;
  const [last, next] = [tokens[end - 1], tokens[end]];
  if (last === undefined || !/^(?:and|or)$/u.test(last.image)) return null;
  if (next !== undefined && ![Reset, Refractory, On, Spike, RBrace].some((type) => next.tokenType === type))
    return null;
  const at = { source, start: last.startOffset, end: last.endOffset + 1 };
  return {
    diagnostic: expected(at, { expected: `a condition after \`${last.image}\``, found: "nothing follows" }),
    instead: tokens.slice(i, end - 1),
    next: end,
  };
}

const isAssigned = (token: Token | undefined): boolean => token?.tokenType === Equals || token?.tokenType === Arrow;

/** `on spike { … }` in a model that has a reset: what it does belongs there, and what stands there is left out. */
function secondReset(scene: Scene, i: number): ReturnType<Recogniser> {
  const { tokens, block } = scene;
  const own =
    block === "neuron"
      ? inModel(tokens, i, (t, k) => t.tokenType === Reset && tokens[k + 1]?.tokenType === LBrace)
      : null;
  const end = closing(tokens, i + 2);
  if (own === null || end <= i + 2) return null;
  const last = closing(tokens, own + 1) - 1;
  const there = written(scene, own + 2, last);
  const more = written(scene, i + 3, end - 1)
    .split(/[;\n]/u)
    .map((s) => s.trim())
    .filter((s) => s !== "" && !there.split(/[;\n]/u).some((t) => t.trim() === s));
  const edits = more.length === 0 ? [] : [insertBehind(scene, last - 1, `; ${more.join("; ")}`)];
  const title = more.length === 0 ? "leave it out: `reset` does so" : "put it into the `reset`";
  return {
    diagnostic: told(scene, i, i + 2, "on spike", fix(title, replace(scene, i, end, ""), ...edits)),
    instead: [],
    next: end,
  };
}

/** `refractory t_ref hold V`, `refractory t_ref { V = V_r }` */
const holding: Recogniser = (scene, i) => {
  const { tokens } = scene;
  if (tokens[i]?.tokenType !== Refractory) return null;
  const brace = statementEnd(tokens, i);
  const head = i + tokens.slice(i, brace).findIndex((t) => t.tokenType === Hold || t.tokenType === Drop);
  if (head > i + 1)
    return rewritten(
      scene,
      i,
      brace,
      "refractory hold",
      `${written(scene, i, head)} { ${written(scene, head, brace)} }`,
    );
  const inside = tokens[brace + 1];
  if (
    tokens[brace]?.tokenType !== LBrace ||
    inside === undefined ||
    [Hold, Drop, RBrace].some((type) => inside.tokenType === type)
  )
    return null;
  const end = closing(tokens, brace);
  const text = written(scene, brace + 1, end - 1);
  const name =
    /^([\p{L}\p{N}_]+)\s+(?:held|hold|fixed|frozen|constant)$/u.exec(text)?.[1] ??
    /^(?:[\p{L}_]+\s+)?([\p{L}\p{N}_]+)'?\s*(?:(?:=|<-).*)?$/su.exec(text)?.[1];
  return name === undefined || end <= brace
    ? null
    : rewritten(scene, i, end, "refractory hold", `${written(scene, i, brace)} { hold ${name} }`);
};

/** `spike at V > V_th`, `spike if …`; `V += dt*f`; `on_pre = 'g += w'` */
const otherWords: Recogniser = (scene, i) => {
  const { tokens, depth, block } = scene;
  const [word, next, third, fourth] = tokens.slice(i, i + 4);
  if (word === undefined || next === undefined || !onLine(word, next)) return null;
  if (word.tokenType === Spike && /^(at|once|whenever|where|for)$/.test(next.image))
    return rewritten(scene, i, i + 2, "spike at", "spike when");
  const end = statementEnd(tokens, i);
  const crosses =
    word.tokenType === Spike ? findAt(tokens, i, end, (t) => /^(crosses|exceeds|reaches)$/.test(t.image)) : end;
  if (crosses < end)
    return rewritten(
      scene,
      i,
      end,
      "v crosses θ",
      `${written(scene, i, crosses)} > ${written(scene, crosses + 1, end)}`,
    );
  if (word.image === "when" && tokens[end - 1]?.tokenType === Spike && end > i + 2)
    return rewritten(scene, i, end, "when c spike", `spike when ${written(scene, i + 1, end - 1)}`);
  if (depth === 1 && next.image === "+=" && third?.image === "dt" && fourth?.image === "*" && block !== "experiment")
    return rewritten(scene, i, end, "v += dt*f", `${word.image}' = ${written(scene, i + 4, end)}`);
  const arrival = /^on_(pre|post)$/.exec(word.image)?.[1];
  if (arrival === undefined || block !== "synapse" || next.tokenType !== Equals || third === undefined) return null;
  const inside = third.tokenType === StringLiteral ? third.image.slice(1, -1) : written(scene, i + 2, end);
  const own = allAssigned(inside);
  const plain = own.replace(/\b([\p{L}_][\p{L}\p{N}_]*)_(pre|post)\b/gu, (whole, name: string, side: string) =>
    scene.declared.has(whole) ? whole : `${side}.${name}`,
  );
  return rewritten(scene, i, Math.max(end, i + 3), "on_pre =", `on ${arrival} { ${plain} }`);
};

/** `w -= b` */
const minusEquals: Recogniser = (scene, i) => {
  const { tokens, depth, block } = scene;
  const end = statementEnd(tokens, i);
  const equals = findAt(tokens, i, end, (t) => t.tokenType === Equals);
  const sign = tokens[equals - 1];
  if (
    block === "experiment" ||
    equals >= end ||
    sign === undefined ||
    !["-", "*", "/"].includes(sign.image) ||
    sign.endOffset + 1 !== tokens[equals]?.startOffset ||
    equals < i + 2
  )
    return null;
  const target = written(scene, i, equals - 1);
  const value = written(scene, equals + 1, end);
  if (depth > 1) return rewritten(scene, i, end, "x -= y", assigned(`${target} ${sign.image}= ${value}`));
  return sign.image !== "-"
    ? null
    : rewritten(
        scene,
        i,
        end,
        "x -= y",
        `${target} += -${/[-+]/.test(value.replace(/\([^()]*\)/gu, "")) ? `(${value})` : value}`,
      );
};

/** `I(t) = …` */
const ofTime: Recogniser = (scene, i) => {
  const [name, open, t, close, equals] = scene.tokens.slice(i, i + 5);
  if (
    name === undefined ||
    !tokenMatcher(name, Name) ||
    open?.tokenType !== LParen ||
    t?.image !== "t" ||
    close?.tokenType !== RParen ||
    !tokenMatcher(equals ?? NOTHING, AssignmentOperator)
  )
    return null;
  return rewritten(scene, i, i + 4, "i(t)", name.image);
};

/** `defaultclock.dt = 0.1 ms` */
const clock: Recogniser = (scene, i) => {
  const [name, dot, dt, equals] = scene.tokens.slice(i, i + 4);
  if (
    scene.block !== "experiment" ||
    name?.image !== "defaultclock" ||
    dot?.tokenType !== Dot ||
    dt?.image !== "dt" ||
    equals?.tokenType !== Equals
  )
    return null;
  const end = statementEnd(scene.tokens, i);
  return rewritten(
    scene,
    i,
    end,
    "defaultclock.dt",
    `step ${written(scene, i + 4, end).replace(/(?<=\d)\s*\*\s*(?=\p{L})/gu, " ")}`,
  );
};

/** `function f(x) { return 2*x }`, `function f(x) -> mV = …` */
const functionBody: Recogniser = (scene, i) => {
  const { tokens } = scene;
  if (tokens[i]?.tokenType !== FunctionKeyword) return null;
  const open = tokens[i + 2]?.tokenType === LParen ? i + 3 : tokens.length;
  const close = findAt(tokens, open, tokens.length, () => false);
  const [sign, word] = [tokens[close + 1], tokens[close + 2]];
  if (tokens[close]?.tokenType !== RParen || sign === undefined || !onLine(tokens[i], sign)) return null;
  if (sign.tokenType === RightArrow)
    return {
      ...rewritten(scene, close + 1, close + 2, "f(x) -> mv", ":", "write `:`"),
      instead: [...tokens.slice(i, close + 1), readAs(sign, Colon, ":")],
    };
  const end = sign.tokenType === LBrace ? closing(tokens, close + 1) : 0;
  const from =
    word?.image === "return"
      ? close + 3
      : word?.image === tokens[i + 1]?.image && tokens[close + 3]?.tokenType === Equals
        ? close + 4
        : close + 2;
  if (end <= close || statementEnd(tokens, from) < end - 1) return null;
  return rewritten(
    scene,
    i,
    end,
    "f(x) { }",
    `${written(scene, i, close + 1)} = ${written(scene, from, end - 1).replace(/;\s*$/u, "")}`,
  );
};

/** `input = 3, C = 100 pF`: a word of the language as a name. */
const keywordNamed: Recogniser = (scene, i) => {
  const [word, equals] = scene.tokens.slice(i, i + 2);
  if (
    word === undefined ||
    !tokenMatcher(word, QuantityKeyword) ||
    word.tokenType === Param ||
    equals?.tokenType !== Equals
  )
    return null;
  return {
    diagnostic: keywordAsName(spanning(scene, i, i + 1), { word: word.image, what: "a name" }),
    instead: [
      { ...readAs(word, Param, "param"), endOffset: word.startOffset },
      readAs(word, Identifier, `${word.image}_`),
    ],
    next: i + 1,
  };
};

/** `param t-ref = 2 ms` */
const hyphen: Recogniser = (scene, i) => {
  const [word, name, minus, rest, sign] = scene.tokens.slice(i, i + 5);
  if (
    !tokenMatcher(word ?? NOTHING, QuantityKeyword) ||
    name === undefined ||
    minus?.image !== "-" ||
    rest === undefined ||
    !tokenMatcher(rest, Name) ||
    (sign?.tokenType !== Equals && sign?.tokenType !== Colon)
  )
    return null;
  return {
    ...rewritten(scene, i + 1, i + 4, "t-ref", `${name.image}_${rest.image}`),
    instead: [...scene.tokens.slice(i, i + 1), readAs(name, Identifier, `${name.image}_${rest.image}`)],
  };
};

/** `threshold = 'V > V_th'`, `reset = "V = E_L; w += b"` */
const brianText: Recogniser = (scene, i) => {
  const { tokens } = scene;
  const [word, equals, value] = [tokens[i], tokens[i + 1], tokens[i + 2]];
  if (word === undefined || equals?.tokenType !== Equals || value === undefined) return null;
  const isReset = word.tokenType === Reset;
  if (!isReset && word.image !== "threshold") return null;
  const end = Math.max(statementEnd(tokens, i + 2), i + 3);
  const inside = (value.tokenType === StringLiteral ? value.image.slice(1, -1) : written(scene, i + 2, end)).trim();
  const text = isReset ? `reset { ${allAssigned(inside)} }` : `spike when ${inside}`;
  const instead = isReset
    ? [word, readAs(equals, LBrace, "{"), readAs(value, RBrace, "}")]
    : [readAs(word, Spike, "spike"), readAs(equals, When, "when"), ...tokens.slice(i + 2, end)];
  return {
    diagnostic: told(
      scene,
      i,
      i + 2,
      isReset ? "reset =" : "threshold =",
      fix(`write \`${text}\``, replace(scene, i, end, text)),
    ),
    instead,
    next: end,
  };
};

/** `V = V_r, w += b` as `V <- V_r; w <- w + b`; a comma within parentheses parts nothing. */
function allAssigned(statements: string): string {
  return statements
    .split(/[;\n]|,(?![^()]*\))/u)
    .map((s) => assigned(s))
    .filter((s) => s !== "")
    .join("; ");
}

/** `w += b` as `w <- w + b` */
export function assigned(statement: string): string {
  const [, target = "", operator = "", value = ""] =
    /^\s*([^=<]*?)\s*([-+*/]?)=(?!=)\s*(.*?)\s*$/su.exec(statement) ?? [];
  if (target === "") return statement.trim();
  const end = /^(.+)_(pre|post)$/u.exec(target);
  const name = end === null ? target : `${end[2] ?? ""}.${end[1] ?? ""}`;
  return operator === ""
    ? `${name} <- ${value}`
    : `${name} <- ${name} ${operator} ${/[-+]/.test(value) && operator !== "+" ? `(${value})` : value}`;
}

/** `noise = 5 mV`, `noise 5 mV` */
const noiseStrength: Recogniser = (scene, i) => {
  const { tokens } = scene;
  const [word, next] = [tokens[i], tokens[i + 1]];
  if (
    word?.tokenType !== Noise ||
    (next?.tokenType !== Equals && next?.tokenType !== NumberLiteral) ||
    !onLine(word, next)
  )
    return null;
  const end = statementEnd(tokens, i);
  return { diagnostic: told(scene, i, end, "noise =", []), instead: [], next: end };
};

/** `tau : second (constant)` */
const brianParameter: Recogniser = (scene, i) => {
  const { tokens, block, depth } = scene;
  const [name, colon, unit] = [tokens[i], tokens[i + 1], tokens[i + 2]];
  if (
    depth === 0 ||
    block === "experiment" ||
    name?.tokenType !== Identifier ||
    colon?.tokenType !== Colon ||
    unit === undefined ||
    !onLine(name, unit)
  )
    return null;
  const meant =
    unit.image === "1" || isUnitSymbol(unit.image)
      ? unit.image
      : unit.tokenType === Identifier
        ? suggestUnits(unit.image)[0]
        : undefined;
  const end = statementEnd(tokens, i);
  if (meant === undefined || (end > i + 3 && tokens[i + 3]?.tokenType !== LParen)) return null;
  const text = `param ${name.image} : ${meant}`;
  return {
    diagnostic: told(scene, i, i + 3, "x : second", fix(`write \`${text}\``, replace(scene, i, end, text))),
    instead: [{ ...readAs(name, Param, "param"), endOffset: name.startOffset }, name],
    next: end,
  };
};

/** `state V(0) = E_L`, `V(0) = -65` */
const initialValue: Recogniser = (scene, i) => {
  const { tokens } = scene;
  const k = tokens[i]?.tokenType === State ? i + 1 : i;
  const [name, open, zero, close, equals] = tokens.slice(k, k + 5);
  if (
    name === undefined ||
    !tokenMatcher(name, Name) ||
    open?.tokenType !== LParen ||
    zero?.image !== "0" ||
    close?.tokenType !== RParen ||
    equals?.tokenType !== Equals
  )
    return null;
  const end = statementEnd(tokens, i);
  const edits = [...(k === i ? [insertBefore(scene, i, "state ")] : []), replace(scene, k + 1, k + 4, "")];
  const isDeclared = scene.declared.has(name.image) && k === i;
  return {
    diagnostic: told(scene, i, k + 4, "v(0) =", isDeclared ? [] : fix(`write \`state ${name.image} = …\``, ...edits)),
    instead: isDeclared ? [] : [...tokens.slice(i, k + 1), ...tokens.slice(k + 4, end)],
    next: end,
  };
};

/** `state u[3] = 0 mV` */
const numberedElements: Recogniser = (scene, i) => {
  const { tokens, declared } = scene;
  const [word, name, open] = tokens.slice(i, i + 3);
  if (word === undefined || !tokenMatcher(word, QuantityKeyword) || name === undefined || open?.tokenType !== LSquare)
    return null;
  const close = closingBracket(tokens, i + 2) - 1;
  const range = /^(?:(\d+)\s*(?:\.\.|:)\s*)?(\d+)$/u.exec(written(scene, i + 3, close));
  if (range === null) return null;
  const names = new Set(tokens.map((t) => t.image));
  const index = ["j", "k", "l", "m", "n"].find((n) => !declared.has(n) && !names.has(n)) ?? "element";
  const indent = " ".repeat(Math.max(0, word.startColumn - 1));
  const edits = [
    insertBefore(scene, i, `index ${index} = ${range[1] ?? "1"}..${range[2] ?? ""}\n${indent}`),
    replace(scene, i + 3, close, index),
  ];
  return {
    diagnostic: told(scene, i, close + 1, "x[3]", fix(`declare an index \`${index}\``, ...edits)),
    instead: [word, name],
    next: close + 1,
  };
};

/** `connect … p = 0.1`, `connect … p: 0.1` */
const probability: Recogniser = (scene, i) => {
  const { tokens, block } = scene;
  const [word, sign, number] = tokens.slice(i, i + 3);
  if (
    block !== "network" ||
    word === undefined ||
    !/^(p|prob|probability)$/.test(word.image) ||
    (sign?.tokenType !== Equals && sign?.tokenType !== Colon) ||
    number?.tokenType !== NumberLiteral
  )
    return null;
  const rule = [readAs(word, Identifier, "random"), readAs(sign, LParen, "("), readAs(number, RParen, ")")];
  return {
    diagnostic: told(
      scene,
      i,
      i + 3,
      "p = 0.1",
      fix(`write \`random(p: ${number.image})\``, replace(scene, i, i + 3, `random(p: ${number.image})`)),
    ),
    instead: rule,
    next: i + 3,
  };
};

/** `if V > V_th { … }`, `if V > V_th: …` */
const ifStatement: Recogniser = (scene, i) => {
  const { tokens } = scene;
  const word = tokens[i];
  if (word?.tokenType !== If) return null;
  let end = statementEnd(tokens, i);
  const indented = tokens[end - 1]?.tokenType === Colon;
  if (tokens[end]?.tokenType === LBrace) end = closing(tokens, end);
  else while (indented && end < tokens.length && (tokens[end]?.startColumn ?? 0) > word.startColumn) end++;
  const help = [habitOf("form", "if c: a")?.say ?? ""];
  return {
    diagnostic: unexpected(spanning(scene, i, i + 1), {
      found: "`if`",
      place: "at the beginning of a statement",
      help,
    }),
    instead: [],
    next: Math.max(end, i + 1),
  };
};

const NOTHING = { tokenTypeIdx: -1 } as Token;

const RECOGNISERS: readonly Recogniser[] = [
  ifStatement, wordEquals, wordColon, threshold, brianText, assignedApart, holding, otherWords, minusEquals, ofTime, clock, functionBody, keywordNamed, hyphen, noiseStrength, brianParameter, initialValue, numberedElements, probability, indexRange,
]; // prettier-ignore
