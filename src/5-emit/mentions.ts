// Whether emitted statements speak of a name: what nobody reads is not emitted.
import { append } from "../base/lists.ts";
import type { Code, PlainCode, PlainStatement, Statement } from "./code.ts";
import { writtenCode, writtenStatements } from "./written.ts";

/** Whether `name` is read or written; not inside a function with a parameter of that name. */
export function mentions(statements: readonly Statement[], name: string): boolean {
  const pending: PlainStatement[] = [...writtenStatements(statements)];
  for (let s = pending.pop(); s !== undefined; s = pending.pop()) {
    switch (s.kind) {
      case "const":
      case "let":
        if (codeMentions(s.value, name)) return true;
        break;
      case "assign":
        if (codeMentions(s.target, name) || codeMentions(s.value, name)) return true;
        break;
      case "do":
        if (codeMentions(s.expression, name)) return true;
        break;
      case "if":
        if (codeMentions(s.condition, name)) return true;
        append(pending, writtenStatements([...s.then, ...(s.otherwise ?? [])]));
        break;
      case "for":
        if (codeMentions(s.from, name) || codeMentions(s.below, name)) return true;
        append(pending, writtenStatements(s.body));
        break;
      case "return":
        if (s.value !== null && codeMentions(s.value, name)) return true;
        break;
      case "function":
        if (!s.parameters.some((p) => p.name === name)) append(pending, writtenStatements(s.body));
        break;
      case "interface":
      case "import":
      case "comment":
      case "blank":
        break;
    }
  }
  return false;
}

export function codeMentions(root: Code, name: string): boolean {
  const pending: Code[] = [root];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const code: PlainCode = writtenCode(next);
    switch (code.kind) {
      case "name":
        if (code.name === name) return true;
        break;
      case "unary":
      case "spread":
      case "as":
        pending.push(code.operand);
        break;
      case "binary":
        pending.push(code.left, code.right);
        break;
      case "ternary":
        pending.push(code.condition, code.then, code.otherwise);
        break;
      case "call":
      case "new":
        pending.push(code.callee, ...code.arguments);
        break;
      case "member":
        pending.push(code.object);
        break;
      case "element":
        pending.push(code.object, code.index);
        break;
      case "array":
        // One by one: the samples of a stimulus may be a million, more than a call takes arguments.
        for (const element of code.elements) pending.push(element);
        break;
      case "object":
        append(
          pending,
          code.properties.map((p) => p.value),
        );
        break;
      case "arrow":
        if (code.parameters.some((p) => p.name === name)) break;
        if (code.before !== undefined && mentions(code.before, name)) return true;
        pending.push(code.body);
        break;
      case "number":
      case "string":
      case "boolean":
        break;
    }
  }
  return false;
}
