// The code tree: the small part of TypeScript that emitted modules are written in. Both printers start from it, so what runs and what is read are one text but for the types.

/** A type as TypeScript text, `Float64Array` or `readonly number[]`; left out of JavaScript. */
export type TypeText = string;

export type Code =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "unary"; readonly operator: "-" | "!"; readonly operand: Code }
  | { readonly kind: "binary"; readonly operator: BinaryOperator; readonly left: Code; readonly right: Code }
  | { readonly kind: "ternary"; readonly condition: Code; readonly then: Code; readonly otherwise: Code }
  | { readonly kind: "call"; readonly callee: Code; readonly arguments: readonly Code[] }
  | { readonly kind: "new"; readonly callee: Code; readonly arguments: readonly Code[] }
  | { readonly kind: "member"; readonly object: Code; readonly property: string }
  | { readonly kind: "element"; readonly object: Code; readonly index: Code }
  | { readonly kind: "array"; readonly elements: readonly Code[] }
  | { readonly kind: "object"; readonly properties: readonly Property[] }
  /** `(i) => value`, or `(i) => { before; return value; }` */
  | {
      readonly kind: "arrow";
      readonly parameters: readonly Parameter[];
      readonly before?: readonly Statement[];
      readonly body: Code;
    }
  | { readonly kind: "spread"; readonly operand: Code }
  /** `value as Type`: a cast, left out of JavaScript. */
  | { readonly kind: "as"; readonly operand: Code; readonly type: TypeText };

export type BinaryOperator =
  | "+"
  | "-"
  | "*"
  | "/"
  | "%"
  | "<"
  | "<="
  | ">"
  | ">="
  | "==="
  | "!=="
  | "&&"
  | "||"
  | "??"
  | "&"
  | "|"
  | "<<"
  | ">>"
  | ">>>";

/** `name: value`, or the shorthand `name` where the value is that very name. `doc` becomes a JSDoc line above. */
export interface Property {
  readonly name: string;
  readonly value: Code;
  readonly doc?: string;
}

export interface Parameter {
  readonly name: string;
  readonly type: TypeText;
  readonly default?: Code;
}

export type Statement =
  | {
      readonly kind: "const";
      readonly name: string;
      readonly type?: TypeText;
      readonly value: Code;
      readonly exported?: boolean;
      readonly doc?: string;
      readonly note?: string;
    }
  | { readonly kind: "let"; readonly name: string; readonly type?: TypeText; readonly value: Code }
  /** `target = value`, `target += value`; `note` is a comment at the end of the line: the equation it computes. */
  | {
      readonly kind: "assign";
      readonly target: Code;
      readonly operator: "=" | "+=" | "-=";
      readonly value: Code;
      readonly note?: string;
    }
  /** An expression for its effect: a call. */
  | { readonly kind: "do"; readonly expression: Code }
  | {
      readonly kind: "if";
      readonly condition: Code;
      readonly then: readonly Statement[];
      readonly otherwise?: readonly Statement[];
    }
  /** `for (let v = from; v < below; v++)` */
  | {
      readonly kind: "for";
      readonly variable: string;
      readonly from: Code;
      readonly below: Code;
      readonly body: readonly Statement[];
    }
  | { readonly kind: "return"; readonly value: Code | null }
  | {
      readonly kind: "function";
      readonly name: string;
      readonly parameters: readonly Parameter[];
      readonly returns: TypeText;
      readonly body: readonly Statement[];
      readonly exported?: boolean;
      readonly doc?: string;
    }
  | {
      readonly kind: "interface";
      readonly name: string;
      readonly members: readonly InterfaceMember[];
      readonly exported?: boolean;
      readonly doc?: string;
    }
  /** Values and types come in separate statements: `import { a } from "m"`, `import type { T } from "m"` (left out of JavaScript). */
  | { readonly kind: "import"; readonly names: readonly string[]; readonly from: string; readonly typeOnly: boolean }
  /** `// line` for every line; whatever it holds stays a comment. */
  | { readonly kind: "comment"; readonly lines: readonly string[] }
  | { readonly kind: "blank" };

export interface InterfaceMember {
  readonly name: string;
  readonly type: TypeText;
  readonly optional: boolean;
  readonly doc?: string;
}

/** An emitted module, before it is printed. */
export interface CodeModule {
  /** Text of the block comment at its head, a line each. */
  readonly header: readonly string[];
  readonly body: readonly Statement[];
}
