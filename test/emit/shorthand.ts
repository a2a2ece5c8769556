// Short ways to write code trees, so that tests read like the code they mean; and the meaning of a tree, computed without printing it.
import { writtenCode } from "../../src/5-emit/written.ts";
import type { BinaryOperator, Code, CodeModule, Property, Statement } from "../../src/5-emit/code.ts";

export const number = (value: number): Code => ({ kind: "number", value });
export const string = (value: string): Code => ({ kind: "string", value });
export const name = (text: string): Code => ({ kind: "name", name: text });
export const minus = (operand: Code): Code => ({ kind: "unary", operator: "-", operand });
export const not = (operand: Code): Code => ({ kind: "unary", operator: "!", operand });
export const binary = (left: Code, operator: BinaryOperator, right: Code): Code => ({
  kind: "binary",
  operator,
  left,
  right,
});
export const ternary = (condition: Code, then: Code, otherwise: Code): Code => ({
  kind: "ternary",
  condition,
  then,
  otherwise,
});
export const call = (callee: Code | string, ...args: Code[]): Code => ({
  kind: "call",
  callee: typeof callee === "string" ? name(callee) : callee,
  arguments: args,
});
export const create = (callee: Code | string, ...args: Code[]): Code => ({
  kind: "new",
  callee: typeof callee === "string" ? name(callee) : callee,
  arguments: args,
});
export const member = (object: Code, property: string): Code => ({ kind: "member", object, property });
export const element = (object: Code, index: Code): Code => ({ kind: "element", object, index });
export const array = (...elements: Code[]): Code => ({ kind: "array", elements });
export const object = (properties: readonly Property[]): Code => ({ kind: "object", properties });
export const arrow = (parameter: string, body: Code, type = "number"): Code => ({
  kind: "arrow",
  parameters: [{ name: parameter, type }],
  body,
});
export const spread = (operand: Code): Code => ({ kind: "spread", operand });
export const cast = (operand: Code, type: string): Code => ({ kind: "as", operand, type });
export const blank: Statement = { kind: "blank" };

export function moduleOf(...body: Statement[]): CodeModule {
  return { header: [], body };
}

/** `export const result = code;` */
export function resultModule(code: Code): CodeModule {
  return moduleOf({ kind: "const", name: "result", value: code, exported: true });
}

type Environment = Readonly<Record<string, unknown>>;

/** What the tree means, by the operators of the language this test itself is written in. */
export function evaluate(node: Code, environment: Environment): unknown {
  const code = writtenCode(node);
  const of = (c: Code): unknown => evaluate(c, environment);
  const list = (elements: readonly Code[]): unknown[] =>
    elements.flatMap((e) => (e.kind === "spread" ? (of(e.operand) as unknown[]) : [of(e)]));
  switch (code.kind) {
    case "number":
    case "string":
    case "boolean":
      return code.value;
    case "name":
      return environment[code.name];
    case "unary":
      return code.operator === "-" ? -(of(code.operand) as number) : !of(code.operand);
    case "binary":
      return operate(
        code.operator,
        () => of(code.left),
        () => of(code.right),
      );
    case "ternary":
      return of(code.condition) ? of(code.then) : of(code.otherwise);
    case "call": {
      const args = list(code.arguments) as never[];
      return (of(code.callee) as (...args: never[]) => unknown)(...args);
    }
    case "new":
      return new (of(code.callee) as new (...args: unknown[]) => unknown)(...list(code.arguments));
    case "member":
      return (of(code.object) as Environment)[code.property];
    case "element":
      return (of(code.object) as Environment)[of(code.index) as string];
    case "array":
      return list(code.elements);
    case "object":
      return Object.fromEntries(code.properties.map((p) => [p.name, of(p.value)]));
    case "arrow":
      return (...args: unknown[]) =>
        evaluate(code.body, {
          ...environment,
          ...Object.fromEntries(code.parameters.map((p, i) => [p.name, args[i]])),
        });
    case "spread":
      throw new Error("spread outside of a list");
    case "as":
      return of(code.operand);
  }
}

function operate(operator: BinaryOperator, left: () => unknown, right: () => unknown): unknown {
  switch (operator) {
    case "&&":
      return left() && right();
    case "||":
      return left() || right();
    case "??":
      return left() ?? right();
    default:
      return strict(operator, left() as number, right() as number);
  }
}

function strict(operator: Exclude<BinaryOperator, "&&" | "||" | "??">, l: number, r: number): unknown {
  switch (operator) {
    case "+":
      return l + r;
    case "-":
      return l - r;
    case "*":
      return l * r;
    case "/":
      return l / r;
    case "%":
      return l % r;
    case "<":
      return l < r;
    case "<=":
      return l <= r;
    case ">":
      return l > r;
    case ">=":
      return l >= r;
    case "===":
      return l === r;
    case "!==":
      return l !== r;
    case "&":
      return l & r;
    case "|":
      return l | r;
    case "<<":
      return l << r;
    case ">>":
      return l >> r;
    case ">>>":
      return l >>> r;
  }
}
