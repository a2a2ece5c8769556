// Code tree to JavaScript: the way a model runs at once, without the second it takes to load TypeScript. Types, interfaces and type imports are left out.
import { append } from "../base/lists.ts";
import { assertNever, invariant, InternalError } from "../base/invariant.ts";
import type { Code, CodeModule, PlainCode, PlainStatement, Property, Statement } from "./code.ts";
import { commentLine, docComment, headerComment, lineComment, numberText, propertyKey, quoted } from "./escaping.ts";
import { bindingName, isIdentifierName, referenceName } from "./names.ts";
import {
  arrowBodyNeedsParentheses,
  branchNeedsParentheses,
  conditionNeedsParentheses,
  constructorNeedsParentheses,
  isAssignable,
  leftNeedsParentheses,
  objectNeedsParentheses,
  operandNeedsParentheses,
  rightNeedsParentheses,
  statementNeedsParentheses,
} from "./precedence.ts";
import { writtenCode, writtenStatements } from "./written.ts";

/** Wider than this, object and array literals are broken into lines. */
const WIDTH = 110;

/** The text of an ES module, ended by a newline. Throws InternalError for what no text can say: a number that is not finite, a name that is no identifier. */
export function printJavaScript(module: CodeModule): string {
  const lines: string[] = [];
  if (module.header.length > 0) append(lines, [...headerComment(module.header), ""]);
  printStatements(module.body, "", lines);
  while (lines.at(-1) === "") lines.pop();
  return `${lines.join("\n")}\n`;
}

function printStatements(body: readonly Statement[], indent: string, lines: string[]): void {
  const first = lines.length;
  for (const statement of writtenStatements(body)) {
    // Types that are left out may leave two blank lines side by side.
    if (statement.kind === "blank") {
      if (lines.length > first && lines.at(-1) !== "") lines.push("");
    } else printStatement(statement, indent, lines);
  }
  if (indent !== "" && lines.length > first && lines.at(-1) === "") lines.pop();
}

function printStatement(statement: Exclude<PlainStatement, { kind: "blank" }>, indent: string, lines: string[]): void {
  const inner = `${indent}  `;
  switch (statement.kind) {
    case "const":
      printDoc(statement.doc, indent, lines);
      lines.push(
        `${indent}${statement.exported === true ? "export " : ""}const ${bindingName(statement.name)} = ${print(statement.value, indent)};${noteText(statement.note)}`,
      );
      return;
    case "let":
      lines.push(`${indent}let ${bindingName(statement.name)} = ${print(statement.value, indent)};`);
      return;
    case "assign": {
      const target = withoutCasts(statement.target);
      invariant(isAssignable(target), `emitted code assigns to a ${target.kind}`);
      lines.push(
        `${indent}${print(target, indent)} ${statement.operator} ${print(statement.value, indent)};${noteText(statement.note)}`,
      );
      return;
    }
    case "do":
      lines.push(`${indent}${printIn(statementNeedsParentheses, statement.expression, indent)};`);
      return;
    case "if":
      lines.push(`${indent}if (${print(statement.condition, indent)}) {`);
      printIf(statement, indent, lines);
      return;
    case "for": {
      const variable = bindingName(statement.variable);
      const condition = print(
        { kind: "binary", operator: "<", left: { kind: "name", name: variable }, right: statement.below },
        indent,
      );
      lines.push(`${indent}for (let ${variable} = ${print(statement.from, indent)}; ${condition}; ${variable}++) {`);
      printStatements(statement.body, inner, lines);
      lines.push(`${indent}}`);
      return;
    }
    case "return":
      lines.push(statement.value === null ? `${indent}return;` : `${indent}return ${print(statement.value, indent)};`);
      return;
    case "function":
      printDoc(statement.doc, indent, lines);
      lines.push(
        `${indent}${statement.exported === true ? "export " : ""}function ${bindingName(statement.name)}(${parameterText(statement.parameters, indent)}) {`,
      );
      printStatements(statement.body, inner, lines);
      lines.push(`${indent}}`);
      return;
    case "interface":
      return;
    case "import":
      if (!statement.typeOnly)
        lines.push(
          `${indent}import { ${statement.names.map(bindingName).join(", ")} } from ${quoted(statement.from)};`,
        );
      return;
    case "comment":
      for (const line of statement.lines) lines.push(indent + lineComment(line));
      return;
    default:
      assertNever(statement);
  }
}

/** The rest of an `if` whose first line is printed; `else if` chains go on in the same column. */
function printIf(first: PlainStatement & { kind: "if" }, indent: string, lines: string[]): void {
  let statement = first;
  for (;;) {
    printStatements(statement.then, `${indent}  `, lines);
    const otherwise = writtenStatements(statement.otherwise ?? []);
    const [only] = otherwise;
    if (otherwise.length === 1 && only?.kind === "if") {
      lines.push(`${indent}} else if (${print(only.condition, indent)}) {`);
      statement = only;
      continue;
    }
    if (otherwise.length > 0) {
      lines.push(`${indent}} else {`);
      printStatements(otherwise, `${indent}  `, lines);
    }
    lines.push(`${indent}}`);
    return;
  }
}

function printDoc(doc: string | undefined, indent: string, lines: string[]): void {
  if (doc !== undefined) for (const line of docComment(doc)) lines.push(indent + line);
}

function noteText(note: string | undefined): string {
  return note === undefined || note === "" ? "" : ` // ${commentLine(note)}`;
}

function parameterText(
  parameters: readonly { readonly name: string; readonly default?: Code }[],
  indent: string,
): string {
  return parameters
    .map((p) => bindingName(p.name) + (p.default === undefined ? "" : ` = ${print(p.default, indent)}`))
    .join(", ");
}

function print(cast: Code, indent: string): string {
  const code = withoutCasts(cast);
  switch (code.kind) {
    case "number":
      return numberText(code.value);
    case "string":
      return quoted(code.value);
    case "boolean":
      return code.value ? "true" : "false";
    case "name":
      return referenceName(code.name);
    case "unary":
      return (
        code.operator + printIn((operand) => operandNeedsParentheses(code.operator, operand), code.operand, indent)
      );
    case "binary":
      return printBinary(code, indent);
    case "ternary":
      return printTernary(code, indent);
    case "call":
      return `${printIn(objectNeedsParentheses, code.callee, indent)}(${printList(code.arguments, indent).join(", ")})`;
    case "new":
      return `new ${printIn(constructorNeedsParentheses, code.callee, indent)}(${printList(code.arguments, indent).join(", ")})`;
    case "member": {
      const object = printIn(objectNeedsParentheses, code.object, indent);
      return isIdentifierName(code.property) ? `${object}.${code.property}` : `${object}[${quoted(code.property)}]`;
    }
    case "element":
      return `${printIn(objectNeedsParentheses, code.object, indent)}[${print(code.index, indent)}]`;
    case "array":
      return printArray(code.elements, indent);
    case "object":
      return printObject(code.properties, indent);
    case "arrow": {
      const head = `(${parameterText(code.parameters, indent)}) => `;
      if (code.before === undefined) return head + printIn(arrowBodyNeedsParentheses, code.body, indent);
      const lines: string[] = [];
      printStatements([...code.before, { kind: "return", value: code.body }], `${indent}  `, lines);
      return `${head}{\n${lines.join("\n")}\n${indent}}`;
    }
    case "spread":
      throw new InternalError("emitted code spreads outside of a list");
    case "as":
      throw new InternalError("a cast is left over");
    default:
      return assertNever(code);
  }
}

function printIn(needsParentheses: (code: Code) => boolean, cast: Code, indent: string): string {
  const code = withoutCasts(cast);
  return needsParentheses(code) ? `(${print(code, indent)})` : print(code, indent);
}

function withoutCasts(code: Code): PlainCode {
  while (code.kind === "as") code = code.operand;
  return writtenCode(code);
}

/** Down the left spine in a loop: a sum of ten thousand terms is ten thousand deep there. */
function printBinary(top: PlainCode & { kind: "binary" }, indent: string): string {
  const spine = [top];
  const closesBefore = [false];
  let opened = 0;
  let first = withoutCasts(top.left);
  for (let parent = top; ;) {
    const wrap = leftNeedsParentheses(parent.operator, first);
    if (wrap) opened++;
    closesBefore[spine.length - 1] = wrap;
    if (first.kind !== "binary") break;
    parent = first;
    spine.push(parent);
    first = withoutCasts(parent.left);
  }
  let text = "(".repeat(opened) + print(first, indent);
  for (let i = spine.length - 1; i >= 0; i--) {
    const { operator, right } = spine[i] as PlainCode & { kind: "binary" };
    const operand = withoutCasts(right);
    const operandText = rightNeedsParentheses(operator, operand)
      ? `(${print(operand, indent)})`
      : print(operand, indent);
    text += `${closesBefore[i] === true ? ")" : ""} ${operator} ${operandText}`;
  }
  return text;
}

/** Along the last branch in a loop: a table of cases is a chain there. */
function printTernary(top: PlainCode & { kind: "ternary" }, indent: string): string {
  let text = "";
  let code: PlainCode = top;
  while (code.kind === "ternary") {
    text += `${printIn(conditionNeedsParentheses, code.condition, indent)} ? ${printIn((c) => branchNeedsParentheses(c, "then"), code.then, indent)} : `;
    code = withoutCasts(code.otherwise);
  }
  return text + printIn((c) => branchNeedsParentheses(c, "otherwise"), code, indent);
}

function printList(elements: readonly Code[], indent: string): string[] {
  return elements.map((element) =>
    element.kind === "spread" ? `...${print(element.operand, indent)}` : print(element, indent),
  );
}

function printArray(elements: readonly Code[], indent: string): string {
  const texts = printList(elements, indent);
  const line = `[${texts.join(", ")}]`;
  if (line.length <= WIDTH) return line;
  const inner = `${indent}  `;
  const rows: string[] = [];
  let row = inner;
  for (const text of printList(elements, inner)) {
    if (row.length > inner.length && row.length + text.length > WIDTH) {
      rows.push(row.trimEnd());
      row = inner;
    }
    row += `${text}, `;
  }
  return `[\n${[...rows, row.trimEnd()].join("\n")}\n${indent}]`;
}

function printObject(properties: readonly Property[], indent: string): string {
  if (properties.length === 0) return "{}";
  const line = `{ ${properties.map((p) => propertyText(p, indent)).join(", ")} }`;
  if (line.length <= WIDTH && !line.includes("\n") && properties.every((p) => p.doc === undefined)) return line;
  const inner = `${indent}  `;
  const lines = ["{"];
  for (const property of properties) {
    printDoc(property.doc, inner, lines);
    lines.push(`${inner}${propertyText(property, inner)},`);
  }
  return `${lines.join("\n")}\n${indent}}`;
}

function propertyText(property: Property, indent: string): string {
  const value = withoutCasts(property.value);
  if (value.kind === "name" && value.name === property.name) return referenceName(value.name);
  const key = propertyKey(property.name);
  return `${key.computed ? `[${key.text}]` : key.text}: ${print(value, indent)}`;
}
