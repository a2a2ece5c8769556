// Short names for making code trees.
import type { BinaryOperator, Code, Parameter, Property, Statement } from "./code.ts";

export const num = (value: number): Code => ({ kind: "number", value });
export const str = (value: string): Code => ({ kind: "string", value });
export const id = (name: string): Code => ({ kind: "name", name });
export const binary = (operator: BinaryOperator, left: Code, right: Code): Code => ({
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
export const callOf = (callee: string | Code, ...args: Code[]): Code => ({
  kind: "call",
  callee: typeof callee === "string" ? id(callee) : callee,
  arguments: args,
});
export const newOf = (callee: string, ...args: Code[]): Code => ({ kind: "new", callee: id(callee), arguments: args });
export const member = (object: Code, property: string): Code => ({ kind: "member", object, property });
/** `object.property`, or `object["not an identifier"]`. */
export const field = (object: Code, name: string): Code =>
  /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u.test(name) ? member(object, name) : at(object, str(name));
export const at = (object: Code | string, index: Code): Code => ({
  kind: "element",
  object: typeof object === "string" ? id(object) : object,
  index,
});
/** What a caller gave under a name, undefined if nothing; a name that every object inherits (`constructor`) must be the object's own. */
export const givenField = (object: string, name: string, runtime: (name: string) => string): Code =>
  name in Object.prototype ? callOf(runtime("ownValue"), id(object), str(name)) : field(id(object), name);
export const arrayOf = (elements: readonly Code[]): Code => ({ kind: "array", elements });
export const objectOf = (properties: readonly Property[]): Code => ({ kind: "object", properties });
export const arrow = (parameters: readonly Parameter[], body: Code): Code => ({ kind: "arrow", parameters, body });
/** `Array.from({ length }, (_, i) => { before; return body; })` */
export const listOf = (length: Code, variable: string, body: Code, before: readonly Statement[] = []): Code =>
  callOf(member(id("Array"), "from"), objectOf([{ name: "length", value: length }]), {
    kind: "arrow",
    parameters: [
      { name: "_", type: "unknown" },
      { name: variable, type: "number" },
    ],
    ...(before.length === 0 ? {} : { before }),
    body,
  });
export const float64 = (elements: readonly Code[]): Code => newOf("Float64Array", arrayOf(elements));
export const sum = (terms: readonly Code[]): Code => terms.reduce((a, b) => binary("+", a, b));
export const product = (a: Code, b: Code): Code => binary("*", a, b);

export const constant = (name: string, value: Code, note?: string): Statement =>
  note === undefined ? { kind: "const", name, value } : { kind: "const", name, value, note };
export const assign = (target: Code, value: Code, note?: string): Statement =>
  note === undefined
    ? { kind: "assign", target, operator: "=", value }
    : { kind: "assign", target, operator: "=", value, note };
export const increment = (name: string): Statement => ({
  kind: "assign",
  target: id(name),
  operator: "+=",
  value: num(1),
});
export const comment = (...lines: string[]): Statement => ({ kind: "comment", lines });
export const BLANK: Statement = { kind: "blank" };
export const loop = (variable: string, from: Code, below: Code, body: readonly Statement[]): Statement => ({
  kind: "for",
  variable,
  from,
  below,
  body,
});
export const when = (condition: Code, then: readonly Statement[]): Statement => ({ kind: "if", condition, then });
export const give = (value: Code | null): Statement => ({ kind: "return", value });
export const perform = (expression: Code): Statement => ({ kind: "do", expression });
export const func = (
  name: string,
  parameters: readonly Parameter[],
  returns: string,
  body: readonly Statement[],
): Statement => ({ kind: "function", name, parameters, returns, body });
