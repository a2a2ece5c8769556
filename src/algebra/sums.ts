// Long chains as flat lists: the terms of a sum and the factors of a product, each with how often it occurs, in linear time however they are shared.
import { assertNever } from "../base/invariant.ts";
import type { Expr } from "./expression.ts";

/** A term with its multiplicity (negative where subtracted), or a factor with its exponent (negative where divided by). */
export interface Member {
  readonly e: Expr;
  readonly times: bigint;
}

export function isSum(e: Expr): boolean {
  return e.kind === "negate" || (e.kind === "arithmetic" && (e.operator === "+" || e.operator === "-"));
}

/** e = Σ times·term, in the order of first occurrence; no term is a sum, a difference or a negation. Multiplicities may be 0. */
export function termsOf(e: Expr): readonly Member[] {
  return spine(e, (node) => {
    if (node.kind === "negate") return [{ e: node.operand, times: -1n }];
    if (node.kind !== "arithmetic") return null;
    if (node.operator === "+")
      return [
        { e: node.left, times: 1n },
        { e: node.right, times: 1n },
      ];
    return node.operator === "-"
      ? [
          { e: node.left, times: 1n },
          { e: node.right, times: -1n },
        ]
      : null;
  });
}

export function isProduct(e: Expr): boolean {
  return (
    e.kind === "arithmetic" &&
    (e.operator === "*" || e.operator === "/" || (e.operator === "^" && integerExponent(e.right) !== null))
  );
}

/** e = Π factor^times, in the order of first occurrence; no factor is a product, a quotient or an integer power. Exponents may be 0. */
export function factorsOf(e: Expr): readonly Member[] {
  return spine(e, (node) => {
    if (node.kind !== "arithmetic") return null;
    switch (node.operator) {
      case "*":
        return [
          { e: node.left, times: 1n },
          { e: node.right, times: 1n },
        ];
      case "/":
        return [
          { e: node.left, times: 1n },
          { e: node.right, times: -1n },
        ];
      case "^": {
        const exponent = integerExponent(node.right);
        return exponent === null ? null : [{ e: node.left, times: exponent }];
      }
      case "+":
      case "-":
        return null;
      default:
        return assertNever(node);
    }
  });
}

function integerExponent(e: Expr): bigint | null {
  if (e.kind === "negate") {
    const operand = integerExponent(e.operand);
    return operand === null ? null : -operand;
  }
  return e.kind === "number" && Number.isSafeInteger(e.value) && Math.abs(e.value) <= 1_000_000
    ? BigInt(e.value)
    : null;
}

/** Members are handed down from each opened node to what it consists of, after all nodes that contain it: each is opened once. */
function spine(root: Expr, open: (e: Expr) => readonly Member[] | null): readonly Member[] {
  const opened = new Map<Expr, readonly Member[] | null>();
  const finished: Expr[] = [];
  const done = new Set<Expr>();
  const pending: Expr[] = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (opened.has(node)) {
      if (!done.has(node)) {
        done.add(node);
        finished.push(node);
      }
      continue;
    }
    const members = open(node);
    opened.set(node, members);
    pending.push(node);
    if (members) for (const member of members.toReversed()) if (!opened.has(member.e)) pending.push(member.e);
  }
  const times = new Map<Expr, bigint>([[root, 1n]]);
  for (const node of finished.toReversed()) {
    const own = times.get(node) ?? 0n;
    for (const member of opened.get(node) ?? []) times.set(member.e, (times.get(member.e) ?? 0n) + own * member.times);
  }
  // `opened` is in the order of first visits, left to right.
  return [...opened].filter(([, members]) => members === null).map(([e]) => ({ e, times: times.get(e) ?? 0n }));
}
