// Code tree to TypeScript through the compiler's own node factory and printer. The factory checks nothing, so names, numbers, parentheses and comments are made sound here.
import type { Expression, Node, ParameterDeclaration, PropertyName, Statement as Built } from "typescript";
import { assertNever, invariant, InternalError } from "../base/invariant.ts";
import type {
  BinaryOperator,
  Code,
  CodeModule,
  Parameter,
  PlainCode,
  PlainStatement,
  Property,
  Statement,
} from "./code.ts";
import { commentLine, docComment, headerComment, lineComment, numberText, propertyKey, quoted } from "./escaping.ts";
import { bindingName, isIdentifierName, referenceName } from "./names.ts";
import {
  arrowBodyNeedsParentheses,
  branchNeedsParentheses,
  castNeedsParentheses,
  conditionNeedsParentheses,
  constructorNeedsParentheses,
  greaterNeedsSwap,
  holdsBareLess,
  isAssignable,
  leftNeedsParentheses,
  objectNeedsParentheses,
  operandNeedsParentheses,
  rightNeedsParentheses,
  statementNeedsParentheses,
} from "./precedence.ts";
import { detachedType } from "./typeText.ts";
import { writtenCode, writtenStatements } from "./written.ts";

/**
 * The module's text with types, two spaces of indentation, not yet formatted. Throws InternalError for what no text can say. Left-leaning chains may be of any
 * length; nesting to the right or in parentheses is bounded by the stack of TypeScript's printer (some 700 levels), which the parser's limit of 200 keeps away from.
 */
export function buildTypeScript(ts: typeof import("typescript"), module: CodeModule): string {
  const { factory, SyntaxKind, NodeFlags } = ts;
  /** Lines for which the printer has no node (comments on their own, blank lines): printed as `#0;`, `#1;`, … and put in afterwards. */
  const looseLines: string[][] = [];
  const operatorTokens = binaryOperators(ts);
  /** How many `<` the expression being built stands behind; a `<<` counts until its statement ends, so far does TypeScript look for type parameters. */
  let rightOfLess = 0;

  const source = factory.createSourceFile(
    writtenStatements(module.body).map(statement),
    factory.createToken(SyntaxKind.EndOfFileToken),
    NodeFlags.None,
  );
  const printed = ts.createPrinter({ newLine: ts.NewLineKind.LineFeed }).printFile(source);
  return (
    [...(module.header.length > 0 ? [...headerComment(module.header), ""] : []), ...laidOut(printed, looseLines)].join(
      "\n",
    ) + "\n"
  );

  function statement(s: PlainStatement): Built {
    rightOfLess = 0;
    switch (s.kind) {
      case "const":
        return noted(documented(variable(s.name, s.type, s.value, NodeFlags.Const, s.exported), s.doc), s.note);
      case "let":
        return variable(s.name, s.type, s.value, NodeFlags.Let, false);
      case "assign": {
        invariant(isAssignable(s.target), `emitted code assigns to a ${s.target.kind}`);
        const token = {
          "=": SyntaxKind.EqualsToken,
          "+=": SyntaxKind.PlusEqualsToken,
          "-=": SyntaxKind.MinusEqualsToken,
        } as const;
        return noted(
          factory.createExpressionStatement(
            factory.createBinaryExpression(expression(s.target), token[s.operator], expression(s.value)),
          ),
          s.note,
        );
      }
      case "do":
        return factory.createExpressionStatement(wrapped(statementNeedsParentheses(s.expression), s.expression));
      case "if": {
        const others = writtenStatements(s.otherwise ?? []);
        const [only] = others;
        const otherwise =
          others.length === 1 && only?.kind === "if" ? statement(only) : others.length > 0 ? block(others) : undefined;
        return factory.createIfStatement(expression(s.condition), block(s.then), otherwise);
      }
      case "for": {
        const index = bindingName(s.variable);
        return factory.createForStatement(
          factory.createVariableDeclarationList(
            [factory.createVariableDeclaration(index, undefined, undefined, expression(s.from))],
            NodeFlags.Let,
          ),
          expression({ kind: "binary", operator: "<", left: { kind: "name", name: index }, right: s.below }),
          factory.createPostfixUnaryExpression(factory.createIdentifier(index), SyntaxKind.PlusPlusToken),
          block(s.body),
        );
      }
      case "return":
        return factory.createReturnStatement(s.value === null ? undefined : expression(s.value));
      case "function":
        return documented(
          factory.createFunctionDeclaration(
            exporting(s.exported),
            undefined,
            bindingName(s.name),
            undefined,
            s.parameters.map(parameter),
            detachedType(ts, s.returns),
            block(s.body),
          ),
          s.doc,
        );
      case "interface":
        return documented(
          factory.createInterfaceDeclaration(
            exporting(s.exported),
            bindingName(s.name),
            undefined,
            undefined,
            s.members.map((member) =>
              documented(
                factory.createPropertySignature(
                  undefined,
                  propertyName(member.name),
                  member.optional ? factory.createToken(SyntaxKind.QuestionToken) : undefined,
                  detachedType(ts, member.type),
                ),
                member.doc,
              ),
            ),
          ),
          s.doc,
        );
      case "import":
        return factory.createImportDeclaration(
          undefined,
          factory.createImportClause(
            s.typeOnly ? SyntaxKind.TypeKeyword : undefined,
            undefined,
            factory.createNamedImports(
              s.names.map((name) =>
                factory.createImportSpecifier(false, undefined, factory.createIdentifier(bindingName(name))),
              ),
            ),
          ),
          verbatim(quoted(s.from)),
        );
      case "comment":
        return loose(s.lines.map(lineComment));
      case "blank":
        return loose([""]);
      default:
        return assertNever(s);
    }
  }

  function block(body: readonly Statement[]) {
    return factory.createBlock(writtenStatements(body).map(statement), true);
  }

  function variable(name: string, type: string | undefined, value: Code, flags: number, exported: boolean | undefined) {
    const declaration = factory.createVariableDeclaration(
      bindingName(name),
      undefined,
      type === undefined ? undefined : detachedType(ts, type),
      expression(value),
    );
    return factory.createVariableStatement(
      exporting(exported),
      factory.createVariableDeclarationList([declaration], flags),
    );
  }

  function exporting(exported: boolean | undefined) {
    return exported === true ? [factory.createToken(SyntaxKind.ExportKeyword)] : undefined;
  }

  function parameter(p: Parameter): ParameterDeclaration {
    return factory.createParameterDeclaration(
      undefined,
      undefined,
      bindingName(p.name),
      undefined,
      detachedType(ts, p.type),
      p.default === undefined ? undefined : expression(p.default),
    );
  }

  function loose(lines: readonly string[]): Built {
    looseLines.push([...lines]);
    return factory.createExpressionStatement(verbatim(`#${looseLines.length - 1}`));
  }

  function documented<T extends Node>(node: T, doc: string | undefined): T {
    if (doc === undefined) return node;
    const text = docComment(doc).join("\n").slice("/*".length, -"*/".length);
    return ts.addSyntheticLeadingComment(node, SyntaxKind.MultiLineCommentTrivia, text, true);
  }

  function noted<T extends Node>(node: T, note: string | undefined): T {
    return note === undefined || note === ""
      ? node
      : ts.addSyntheticTrailingComment(node, SyntaxKind.SingleLineCommentTrivia, ` ${commentLine(note)}`, false);
  }

  /** Text as it is, as an identifier: the printer prints those untouched, whereas it turns every `τ` of a string into `\u03C4` and leaves `</script>` alone. */
  function verbatim(text: string): Expression {
    return factory.createIdentifier(text);
  }

  function propertyName(name: string): PropertyName {
    const key = propertyKey(name);
    return key.computed ? factory.createComputedPropertyName(verbatim(key.text)) : factory.createIdentifier(key.text);
  }

  function property(p: Property) {
    const value = writtenCode(p.value);
    const shorthand = value.kind === "name" && value.name === p.name;
    const node = shorthand
      ? factory.createShorthandPropertyAssignment(referenceName(p.name))
      : factory.createPropertyAssignment(propertyName(p.name), expression(p.value));
    return documented(node, p.doc);
  }

  function wrapped(inParentheses: boolean, code: Code): Expression {
    return inParentheses ? factory.createParenthesizedExpression(expression(code)) : expression(code);
  }

  function list(elements: readonly Code[]): Expression[] {
    let bareLess = 0;
    const built = elements.map((element) => {
      const node =
        element.kind === "spread" ? factory.createSpreadElement(expression(element.operand)) : expression(element);
      if (holdsBareLess(element)) {
        bareLess++;
        rightOfLess++;
      }
      return node;
    });
    rightOfLess -= bareLess;
    return built;
  }

  function expression(node: Code): Expression {
    const code = writtenCode(node);
    switch (code.kind) {
      case "number": {
        const text = numberText(code.value);
        return text.startsWith("-")
          ? factory.createPrefixUnaryExpression(SyntaxKind.MinusToken, factory.createNumericLiteral(text.slice(1)))
          : factory.createNumericLiteral(text);
      }
      case "string":
        return verbatim(quoted(code.value));
      case "boolean":
        return code.value ? factory.createTrue() : factory.createFalse();
      case "name":
        return factory.createIdentifier(referenceName(code.name));
      case "unary":
        return factory.createPrefixUnaryExpression(
          code.operator === "-" ? SyntaxKind.MinusToken : SyntaxKind.ExclamationToken,
          wrapped(operandNeedsParentheses(code.operator, code.operand), code.operand),
        );
      case "binary":
        return binary(code);
      case "ternary":
        return factory.createConditionalExpression(
          wrapped(conditionNeedsParentheses(code.condition), code.condition),
          factory.createToken(SyntaxKind.QuestionToken),
          wrapped(branchNeedsParentheses(code.then, "then"), code.then),
          factory.createToken(SyntaxKind.ColonToken),
          wrapped(branchNeedsParentheses(code.otherwise, "otherwise"), code.otherwise),
        );
      case "call":
        return factory.createCallExpression(
          wrapped(objectNeedsParentheses(code.callee), code.callee),
          undefined,
          list(code.arguments),
        );
      case "new":
        return factory.createNewExpression(
          wrapped(constructorNeedsParentheses(code.callee), code.callee),
          undefined,
          list(code.arguments),
        );
      case "member": {
        const object = wrapped(objectNeedsParentheses(code.object), code.object);
        return isIdentifierName(code.property)
          ? factory.createPropertyAccessExpression(object, code.property)
          : factory.createElementAccessExpression(object, verbatim(quoted(code.property)));
      }
      case "element":
        return factory.createElementAccessExpression(
          wrapped(objectNeedsParentheses(code.object), code.object),
          expression(code.index),
        );
      case "array":
        return factory.createArrayLiteralExpression(list(code.elements), false);
      case "object":
        return factory.createObjectLiteralExpression(
          code.properties.map(property),
          code.properties.length > 3 || code.properties.some((p) => p.doc !== undefined),
        );
      case "arrow":
        return factory.createArrowFunction(
          undefined,
          undefined,
          code.parameters.map(parameter),
          undefined,
          factory.createToken(SyntaxKind.EqualsGreaterThanToken),
          code.before === undefined
            ? wrapped(arrowBodyNeedsParentheses(code.body), code.body)
            : block([...code.before, { kind: "return", value: code.body }]),
        );
      case "spread":
        throw new InternalError("emitted code spreads outside of a list");
      case "as":
        return factory.createAsExpression(
          wrapped(castNeedsParentheses(code.operand), code.operand),
          detachedType(ts, code.type),
        );
      default:
        return assertNever(code);
    }
  }

  /** Up the left spine in a loop: a sum of ten thousand terms is ten thousand deep there. */
  function binary(top: PlainCode & { kind: "binary" }): Expression {
    // Decided before the left operand is built, since the swap sets that to the right of a `<` too.
    const swapsGreater = rightOfLess > 0;
    const spine = [top];
    let left = top.left;
    while (left.kind === "binary") {
      spine.push(left);
      left = left.left;
    }
    let built = expression(left);
    for (const { operator, left: operand, right } of spine.reverse()) {
      if (operator === ">" && swapsGreater && greaterNeedsSwap(right)) {
        if (rightNeedsParentheses("<", operand)) built = factory.createParenthesizedExpression(built);
        built = factory.createBinaryExpression(
          wrapped(leftNeedsParentheses("<", right), right),
          SyntaxKind.LessThanToken,
          built,
        );
        continue;
      }
      if (leftNeedsParentheses(operator, operand)) built = factory.createParenthesizedExpression(built);
      if (operator === "<" || operator === "<<") rightOfLess++;
      built = factory.createBinaryExpression(
        built,
        operatorTokens[operator],
        wrapped(rightNeedsParentheses(operator, right), right),
      );
      if (operator === "<") rightOfLess--;
    }
    return built;
  }
}

export function binaryOperators(
  ts: typeof import("typescript"),
): Readonly<Record<BinaryOperator, import("typescript").BinaryOperator>> {
  const K = ts.SyntaxKind;
  return {
    "+": K.PlusToken,
    "-": K.MinusToken,
    "*": K.AsteriskToken,
    "/": K.SlashToken,
    "%": K.PercentToken,
    "<": K.LessThanToken,
    "<=": K.LessThanEqualsToken,
    ">": K.GreaterThanToken,
    ">=": K.GreaterThanEqualsToken,
    "===": K.EqualsEqualsEqualsToken,
    "!==": K.ExclamationEqualsEqualsToken,
    "&&": K.AmpersandAmpersandToken,
    "||": K.BarBarToken,
    "??": K.QuestionQuestionToken,
    "&": K.AmpersandToken,
    "|": K.BarToken,
    "<<": K.LessThanLessThanToken,
    ">>": K.GreaterThanGreaterThanToken,
    ">>>": K.GreaterThanGreaterThanGreaterThanToken,
  } as const satisfies Record<BinaryOperator, number>;
}

/** The printer's lines with two spaces for its four, and comments and blank lines in their places. No literal of ours spans lines, so leading spaces are only layout. */
function laidOut(printed: string, looseLines: readonly (readonly string[])[]): string[] {
  const lines = printed
    .trimEnd()
    .split("\n")
    .flatMap((line) => {
      const spaces = line.length - line.trimStart().length;
      const indent = " ".repeat(Math.floor(spaces / 4) * 2 + (spaces % 4));
      const marker = /^ *#(\d+);$/.exec(line);
      if (marker === null) return [indent + line.slice(spaces)];
      return (looseLines[Number(marker[1])] ?? []).map((l) => (l === "" ? "" : indent + l));
    });
  while (lines.at(-1) === "") lines.pop();
  return lines;
}
