// Derivatives as papers and other tools write them: `C*dV/dt = …`, `d(V)/dt`, `ddt V`, `V''`, and Brian2's flags behind an equation.
import { tokenMatcher } from "../../../grammar/chevrotain.ts";
import {
  Colon,
  Equals,
  Identifier,
  LParen,
  Name,
  Prime,
  QuantityKeyword,
  Slash,
  Star,
} from "../../../grammar/tokens.ts";
import type { Token } from "../lexical.ts";
import { habitOf } from "../../diagnostics/habits.ts";
import { endsOperand, findAt, fix, onLine, readAs, replace, statementEnd, told, written } from "./scene.ts";
import type { Recogniser, Scene } from "./scene.ts";

/** At the beginning of a statement. */
export const inEquation: Recogniser = (scene, i) =>
  factored(scene, i) ?? operatorOf(scene, i) ?? flagged(scene, i) ?? second(scene, i);

/** The name before `/dt` or a prime, which ends before `end`: where it begins; null where there is none. */
function derivativeBefore({ tokens }: Scene, end: number): { readonly at: number; readonly name: string } | null {
  const [d, slash, dt] = tokens.slice(end - 3, end);
  if (
    dt?.image === "dt" &&
    slash?.tokenType === Slash &&
    d !== undefined &&
    d.tokenType === Identifier &&
    /^d./u.test(d.image)
  )
    return { at: end - 3, name: d.image.slice(1) };
  const [name, prime] = tokens.slice(end - 2, end);
  return prime?.tokenType === Prime && name !== undefined && tokenMatcher(name, Name)
    ? { at: end - 2, name: name.image }
    : null;
}

function equalsOf({ tokens }: Scene, i: number): number {
  let k = i;
  while (k < tokens.length && k < i + 24 && onLine(tokens[k], tokens[i]) && tokens[k]?.tokenType !== Equals) k++;
  return tokens[k]?.tokenType === Equals && onLine(tokens[k], tokens[i]) ? k : -1;
}

/** `V'` as tokens in the place of those from `a` to `b`. */
function primed({ tokens }: Scene, a: number, b: number, name: string): Token[] {
  const [first, last] = [tokens[a], tokens[b - 1]];
  if (first === undefined || last === undefined) return [];
  return [readAs(first, Identifier, name), readAs(last, Prime, "'")];
}

/** `C*dV/dt = I - …` */
const factored: Recogniser = (scene, i) => {
  const { tokens } = scene;
  const equals = equalsOf(scene, i);
  const derivative = equals < 0 ? null : derivativeBefore(scene, equals);
  if (derivative === null || derivative.at < i + 1) return null;
  const isProduct = tokens[derivative.at - 1]?.tokenType === Star;
  if (!isProduct && (!endsOperand(tokens[derivative.at - 1]) || tokenMatcher(tokens[i] as Token, QuantityKeyword)))
    return null;
  if (!isProduct && derivative.at === i + 1 && habitOf("statement", tokens[i]?.image ?? "") !== null) return null;
  const factor = written(scene, i, isProduct ? derivative.at - 1 : derivative.at);
  const divisor = /^[\p{L}\p{N}_.]+$|^\([^()]*\)$/u.test(factor) ? factor : `(${factor})`;
  const end = statementEnd(tokens, equals + 1);
  const colon = findAt(tokens, equals + 1, end, (t) => t.tokenType === Colon);
  const right = written(scene, equals + 1, colon);
  const inner = /^[\p{L}\p{N}_.]+$/u.test(right) ? right : `(${right})`;
  const text = `${derivative.name}' = ${inner}/${divisor}`;
  return {
    diagnostic: told(
      scene,
      i,
      equals,
      "c*dv/dt",
      fix(`write \`${derivative.name}' = (…)/${divisor}\``, replace(scene, i, end, text)),
    ),
    instead: [...primed(scene, derivative.at, equals, derivative.name), ...tokens.slice(equals, colon)],
    next: end,
  };
};

/** `d(V)/dt = …`, `d/dt V = …`, `ddt V = …`, `der(V) = …`, `diff(V, t) = …` */
const operatorOf: Recogniser = (scene, i) => {
  const { tokens } = scene;
  const equals = equalsOf(scene, i);
  if (equals < 0 || equals > i + 10 || tokens[i]?.tokenType !== Identifier) return null;
  const written_ = written(scene, i, equals).replace(/\s+/gu, " ");
  const name =
    /^(?:d ?\( ?([^() ]+) ?\) ?\/ ?(?:dt|d ?\( ?t ?\))|d([^() ]+) ?\/ ?d ?\( ?t ?\)|d ?\/ ?dt ([^ ]+)|ddt ([^ ]+)|(?:der|diff|ddt|D) ?\( ?([^(), ]+) ?(?:, ?t ?)?\))$/u
      .exec(written_)
      ?.slice(1)
      .find((n) => n !== undefined);
  if (name === undefined) return null;
  return {
    diagnostic: told(scene, i, equals, "d(v)/dt", fix(`write \`${name}'\``, replace(scene, i, equals, `${name}'`))),
    instead: primed(scene, i, equals, name),
    next: equals,
  };
};

/** `dV/dt = … : volt (unless refractory)` */
const flagged: Recogniser = (scene, i) => {
  const { tokens } = scene;
  const equals = equalsOf(scene, i);
  const derivative = equals < 0 ? null : derivativeBefore(scene, equals);
  if (derivative?.at !== i) return null;
  const end = statementEnd(tokens, equals + 1);
  const colon = findAt(tokens, equals + 1, end, (t) => t.tokenType === Colon);
  const flags = findAt(tokens, colon + 1, end, (t) => t.tokenType === LParen);
  if (tokens[colon]?.tokenType !== Colon || tokens[flags]?.tokenType !== LParen || flags >= end) return null;
  const text = `${derivative.name}' = ${written(scene, equals + 1, colon)}`;
  return {
    diagnostic: told(
      scene,
      flags,
      end,
      "flags",
      fix(`write \`${derivative.name}' = …\` without them`, replace(scene, i, end, text)),
    ),
    instead: [...primed(scene, i, equals, derivative.name), ...tokens.slice(equals, colon)],
    next: end,
  };
};

/** `V'' = …` */
const second: Recogniser = (scene, i) => {
  const { tokens } = scene;
  const [name, prime, again, equals] = tokens.slice(i, i + 4);
  if (
    name === undefined ||
    !tokenMatcher(name, Name) ||
    prime?.tokenType !== Prime ||
    again?.tokenType !== Prime ||
    equals?.tokenType !== Equals
  )
    return null;
  const names = new Set(tokens.map((t) => t.image));
  let k = 1;
  while (names.has(`${name.image}_${k}`)) k++;
  const derivative = `${name.image}_${k}`;
  const end = statementEnd(tokens, i + 4);
  const indent = " ".repeat(Math.max(0, name.startColumn - 1));
  const edits = [
    replace(
      scene,
      i,
      i + 3,
      `state ${derivative} = 0\n${indent}${name.image}' = ${derivative}\n${indent}${derivative}'`,
    ),
  ];
  const right: Token[] = [];
  for (let at = i + 4; at < end; at++) {
    const token = tokens[at];
    if (token?.image === name.image && tokens[at + 1]?.tokenType === Prime) {
      edits.push(replace(scene, at, at + 2, derivative));
      right.push(token);
      at++;
    } else if (token !== undefined) right.push(token);
  }
  return {
    diagnostic: told(scene, i, i + 3, "v''", fix(`declare the derivative as a state \`${derivative}\``, ...edits)),
    instead: [name, prime, equals, ...right],
    next: end,
  };
};
