// The printed module is read back and compared with its tree, node for node: whatever a printer or a formatter did to it, what runs is what was meant.
import type {
  Expression,
  Node,
  ParameterDeclaration,
  PropertyName,
  SourceFile,
  Statement as Found,
  TypeNode,
} from "typescript";
import { assertNever, InternalError } from "../base/invariant.ts";
import { binaryOperators } from "./build.ts";
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
import { numberText } from "./escaping.ts";
import { writtenCode, writtenStatements } from "./written.ts";
import { children, parseType, sameType, syntaxErrors } from "./typeText.ts";

/**
 * Throws InternalError with line and column of the first place where `text` is not the module's tree. Comments, layout and parentheses that change nothing are not
 * compared; `a && (b && c)` is `a && b && c`, as formatters write it, but `a*(b*c)` is not `a*b*c`. Every node of the text must have its partner in the tree, so
 * no kind of node, name or import that the tree lacks can be there.
 */
export function verifyTypeScript(ts: typeof import("typescript"), module: CodeModule, text: string): void {
  const source = ts.createSourceFile("emitted.ts", text, ts.ScriptTarget.Latest, false, ts.ScriptKind.TS);
  const { SyntaxKind } = ts;
  const operatorTokens = binaryOperators(ts);
  const [error] = syntaxErrors(source);
  if (error !== undefined)
    throw differenceAt(
      source,
      error.start ?? 0,
      "text without syntax errors",
      ts.flattenDiagnosticMessageText(error.messageText as string, " "),
    );

  /** Nodes of the text that have a partner in the tree. */
  const met = new Set<Node>();
  statements(module.body, source.statements);
  refuseUnmet();

  function statements(tree: readonly Statement[], found: readonly Found[]): void {
    const wanted = writtenStatements(tree).filter((s) => s.kind !== "comment" && s.kind !== "blank");
    wanted.forEach((s, i) => {
      const node = found[i];
      if (node === undefined)
        throw differenceAt(source, found.at(-1)?.end ?? 0, `a statement '${s.kind}'`, "the end of the block");
      statement(s, node);
    });
    const extra = found[wanted.length];
    if (extra !== undefined) differ("the end of the block", extra);
  }

  function statement(s: PlainStatement, node: Found): void {
    met.add(node);
    switch (s.kind) {
      case "const":
      case "let": {
        if (!ts.isVariableStatement(node)) return differ(`${s.kind} ${s.name}`, node);
        exportModifier(s.kind === "const" && s.exported === true, node, node.modifiers);
        const list = declarationList(s.kind, node.declarationList);
        return variable(list, s.name, s.type, s.value);
      }
      case "assign": {
        const assignment = ts.isExpressionStatement(node) ? bare(node.expression) : node;
        const token = {
          "=": SyntaxKind.EqualsToken,
          "+=": SyntaxKind.PlusEqualsToken,
          "-=": SyntaxKind.MinusEqualsToken,
        }[s.operator];
        if (!ts.isBinaryExpression(assignment) || assignment.operatorToken.kind !== token)
          return differ(`an assignment with ${s.operator}`, node);
        met.add(assignment).add(assignment.operatorToken);
        expression(s.target, assignment.left);
        return expression(s.value, assignment.right);
      }
      case "do":
        return ts.isExpressionStatement(node)
          ? expression(s.expression, node.expression)
          : differ("an expression for its effect", node);
      case "if": {
        if (!ts.isIfStatement(node)) return differ("if", node);
        expression(s.condition, node.expression);
        block(s.then, node.thenStatement);
        const otherwise = writtenStatements(s.otherwise ?? []).filter(
          (o) => o.kind !== "comment" && o.kind !== "blank",
        );
        const [only] = otherwise;
        if (node.elseStatement === undefined) return otherwise.length > 0 ? differ("an else", node) : undefined;
        return ts.isIfStatement(node.elseStatement) && only !== undefined && otherwise.length === 1
          ? statement(only, node.elseStatement)
          : block(otherwise, node.elseStatement);
      }
      case "for": {
        const initializer = ts.isForStatement(node) ? node.initializer : undefined;
        if (!ts.isForStatement(node) || initializer === undefined || !ts.isVariableDeclarationList(initializer))
          return differ("for (let …)", node);
        variable(declarationList("let", initializer), s.variable, undefined, s.from);
        const index: Code = { kind: "name", name: s.variable };
        if (node.condition === undefined || node.incrementor === undefined)
          return differ("for with a condition and an increment", node);
        expression({ kind: "binary", operator: "<", left: index, right: s.below }, node.condition);
        if (!ts.isPostfixUnaryExpression(node.incrementor) || node.incrementor.operator !== SyntaxKind.PlusPlusToken)
          return differ(`${s.variable}++`, node.incrementor);
        met.add(node.incrementor);
        expression(index, node.incrementor.operand);
        return block(s.body, node.statement);
      }
      case "return":
        if (!ts.isReturnStatement(node) || (s.value === null) !== (node.expression === undefined))
          return differ("return", node);
        return s.value !== null && node.expression !== undefined ? expression(s.value, node.expression) : undefined;
      case "function":
        if (
          !ts.isFunctionDeclaration(node) ||
          node.name === undefined ||
          node.body === undefined ||
          node.type === undefined
        )
          return differ(`function ${s.name}`, node);
        exportModifier(s.exported === true, node, node.modifiers);
        name(s.name, node.name);
        parameters(s.parameters, node);
        type(s.returns, node.type);
        return block(s.body, node.body);
      case "interface":
        if (!ts.isInterfaceDeclaration(node)) return differ(`interface ${s.name}`, node);
        exportModifier(s.exported === true, node, node.modifiers);
        name(s.name, node.name);
        if (node.members.length !== s.members.length)
          return differ(`an interface of ${s.members.length} members`, node);
        return s.members.forEach((member, i) => {
          const found = node.members[i];
          if (
            found === undefined ||
            !ts.isPropertySignature(found) ||
            found.type === undefined ||
            (found.questionToken !== undefined) !== member.optional
          ) {
            return differ(`the member ${member.name}`, found ?? node);
          }
          met.add(found);
          if (found.questionToken !== undefined) met.add(found.questionToken);
          key(member.name, found.name);
          type(member.type, found.type);
        });
      case "import": {
        const bindings = ts.isImportDeclaration(node) ? node.importClause?.namedBindings : undefined;
        if (
          !ts.isImportDeclaration(node) ||
          node.importClause === undefined ||
          bindings === undefined ||
          !ts.isNamedImports(bindings)
        )
          return differ("import { … }", node);
        if (node.importClause.isTypeOnly !== s.typeOnly || bindings.elements.length !== s.names.length)
          return differ(`an import of ${s.names.join(", ")}`, node);
        met.add(node.importClause).add(bindings);
        s.names.forEach((imported, i) => {
          const specifier = bindings.elements[i];
          if (specifier === undefined || specifier.isTypeOnly || specifier.propertyName !== undefined)
            return differ(`the import ${imported}`, specifier ?? node);
          met.add(specifier);
          name(imported, specifier.name);
        });
        return expression({ kind: "string", value: s.from }, node.moduleSpecifier);
      }
      case "comment":
      case "blank":
        return differ("no statement", node);
      default:
        return assertNever(s);
    }
  }

  function block(tree: readonly Statement[], node: Node): void {
    if (!ts.isBlock(node)) return differ("a block", node);
    met.add(node);
    statements(tree, node.statements);
  }

  function exportModifier(exported: boolean, node: Node, modifiers: readonly Node[] = []): void {
    if (modifiers.length !== (exported ? 1 : 0) || modifiers.some((m) => m.kind !== SyntaxKind.ExportKeyword))
      differ(exported ? "an export" : "no modifier", node);
    for (const modifier of modifiers) met.add(modifier);
  }

  function declarationList(word: "const" | "let", node: import("typescript").VariableDeclarationList) {
    const flag: import("typescript").NodeFlags = node.flags & ts.NodeFlags.BlockScoped;
    const [declaration] = node.declarations;
    const wanted: import("typescript").NodeFlags = word === "const" ? ts.NodeFlags.Const : ts.NodeFlags.Let;
    if (flag !== wanted || declaration === undefined || node.declarations.length !== 1) return differ(word, node);
    met.add(node);
    return declaration;
  }

  function variable(
    node: import("typescript").VariableDeclaration,
    wanted: string,
    wantedType: string | undefined,
    value: Code,
  ): void {
    met.add(node);
    name(wanted, node.name);
    optionalType(wantedType, node.type, node);
    if (node.initializer === undefined) return differ(`a value of ${wanted}`, node);
    expression(value, node.initializer);
  }

  function parameters(
    tree: readonly Parameter[],
    node: Node & { readonly parameters: readonly ParameterDeclaration[] },
  ): void {
    if (node.parameters.length !== tree.length) differ(`${tree.length} parameters`, node);
    tree.forEach((p, i) => {
      const found = node.parameters[i];
      if (found === undefined || (found.initializer !== undefined) !== (p.default !== undefined))
        return differ(`the parameter ${p.name}`, found ?? node);
      met.add(found);
      name(p.name, found.name);
      optionalType(p.type, found.type, found);
      if (p.default !== undefined && found.initializer !== undefined) expression(p.default, found.initializer);
    });
  }

  function name(wanted: string, node: Node): void {
    if (!ts.isIdentifier(node) || node.text !== wanted) return differ(`the name ${wanted}`, node);
    met.add(node);
  }

  function key(wanted: string, node: PropertyName): void {
    const inner = ts.isComputedPropertyName(node) ? node.expression : node;
    const text = ts.isStringLiteral(inner) || (ts.isIdentifier(inner) && inner === node) ? inner.text : undefined;
    // `__proto__: x` sets the prototype, ["__proto__"] a property.
    if (text !== wanted || (wanted === "__proto__" && inner === node)) return differ(`the key ${wanted}`, node);
    met.add(node).add(inner);
  }

  function optionalType(wanted: string | undefined, node: TypeNode | undefined, owner: Node): void {
    if (wanted === undefined || node === undefined) {
      if (wanted !== undefined || node !== undefined)
        differ(wanted === undefined ? "no type" : `the type ${wanted}`, owner);
    } else type(wanted, node);
  }

  function type(wanted: string, node: TypeNode): void {
    if (!sameType(ts, parseType(ts, wanted), node, met)) differ(`the type ${wanted}`, node);
  }

  function list(tree: readonly Code[], found: readonly Expression[], owner: Node): void {
    if (tree.length !== found.length) differ(`${tree.length} elements`, owner);
    tree.forEach((element, i) => {
      const node = found[i] as Expression;
      if (element.kind !== "spread") return expression(element, node);
      if (!ts.isSpreadElement(node)) return differ("a spread", node);
      met.add(node);
      expression(element.operand, node.expression);
    });
  }

  /** Without parentheses, which are noted as met. */
  function bare(node: Node): Node {
    while (ts.isParenthesizedExpression(node)) {
      met.add(node);
      node = node.expression;
    }
    return node;
  }

  function expression(wanted: Code, inParentheses: Node): void {
    const code = writtenCode(wanted);
    const node = bare(inParentheses);
    met.add(node);
    switch (code.kind) {
      case "number": {
        const negative = code.value < 0 || Object.is(code.value, -0);
        const literal =
          negative && ts.isPrefixUnaryExpression(node) && node.operator === SyntaxKind.MinusToken
            ? bare(node.operand)
            : negative
              ? undefined
              : node;
        if (literal === undefined || !ts.isNumericLiteral(literal) || Number(literal.text) !== Math.abs(code.value))
          return differ(`the number ${numberText(code.value)}`, node);
        met.add(literal);
        return;
      }
      case "string":
        return ts.isStringLiteral(node) && node.text === code.value
          ? undefined
          : differ(`the string ${JSON.stringify(code.value)}`, node);
      case "boolean":
        return node.kind === (code.value ? SyntaxKind.TrueKeyword : SyntaxKind.FalseKeyword)
          ? undefined
          : differ(String(code.value), node);
      case "name":
        return name(code.name, node);
      case "unary":
        if (
          !ts.isPrefixUnaryExpression(node) ||
          node.operator !== (code.operator === "-" ? SyntaxKind.MinusToken : SyntaxKind.ExclamationToken)
        )
          return differ(`a unary ${code.operator}`, node);
        return expression(code.operand, node.operand);
      case "binary":
        return isLogical(code.operator) ? logical(code, code.operator, node) : binary(code, node);
      case "ternary": {
        if (!ts.isConditionalExpression(node)) return differ("a conditional", node);
        met.add(node.questionToken).add(node.colonToken);
        expression(code.condition, node.condition);
        expression(code.then, node.whenTrue);
        return expression(code.otherwise, node.whenFalse);
      }
      case "call":
      case "new":
        if (
          code.kind === "call"
            ? !ts.isCallExpression(node) || node.questionDotToken !== undefined
            : !ts.isNewExpression(node)
        )
          return differ(`a ${code.kind}`, node);
        expression(
          code.callee,
          (node as import("typescript").CallExpression | import("typescript").NewExpression).expression,
        );
        return list(
          code.arguments,
          (node as import("typescript").CallExpression | import("typescript").NewExpression).arguments ?? [],
          node,
        );
      case "member":
        if (ts.isPropertyAccessExpression(node)) {
          expression(code.object, node.expression);
          return name(code.property, node.name);
        }
        return element(code.object, { kind: "string", value: code.property }, node);
      case "element":
        return element(code.object, code.index, node);
      case "array":
        return ts.isArrayLiteralExpression(node) ? list(code.elements, node.elements, node) : differ("an array", node);
      case "object":
        if (!ts.isObjectLiteralExpression(node) || node.properties.length !== code.properties.length)
          return differ(`an object of ${code.properties.length} properties`, node);
        return code.properties.forEach((p, i) => property(p, node.properties[i] as Node));
      case "arrow":
        if (!ts.isArrowFunction(node) || node.type !== undefined) return differ("an arrow function", node);
        met.add(node.equalsGreaterThanToken);
        parameters(code.parameters, node);
        if (code.before !== undefined)
          return ts.isBlock(node.body)
            ? block([...code.before, { kind: "return", value: code.body }], node.body)
            : differ("statements", node);
        return ts.isBlock(node.body) ? differ("an expression", node) : expression(code.body, node.body);
      case "as":
        if (!ts.isAsExpression(node)) return differ(`a cast to ${code.type}`, node);
        expression(code.operand, node.expression);
        return type(code.type, node.type);
      case "spread":
        return differ("no spread outside of a list", node);
      default:
        return assertNever(code);
    }
  }

  function element(object: Code, index: Code, node: Node): void {
    if (!ts.isElementAccessExpression(node) || node.questionDotToken !== undefined) return differ("an element", node);
    expression(object, node.expression);
    expression(index, node.argumentExpression);
  }

  function property(wanted: Property, node: Node): void {
    met.add(node);
    if (ts.isShorthandPropertyAssignment(node)) {
      const value = writtenCode(wanted.value);
      if (value.kind !== "name" || value.name !== wanted.name) return differ(`a value of ${wanted.name}`, node);
      return name(wanted.name, node.name);
    }
    if (!ts.isPropertyAssignment(node)) return differ(`the property ${wanted.name}`, node);
    key(wanted.name, node.name);
    expression(wanted.value, node.initializer);
  }

  /** Down the left spine in a loop, then from the innermost outwards, which is the order of the text. */
  function binary(top: PlainCode & { kind: "binary" }, topNode: Node): void {
    const steps: { readonly operator: BinaryOperator; readonly right: Code; readonly node: Node }[] = [];
    let code: Code = top;
    let node = topNode;
    while (code.kind === "binary" && !isLogical(code.operator)) {
      met.add(node);
      if (!ts.isBinaryExpression(node)) return differ(`an operation ${code.operator}`, node);
      // `a > b` may be written `b < a`: see greaterNeedsSwap.
      if (code.operator === ">" && node.operatorToken.kind === SyntaxKind.LessThanToken) {
        met.add(node.operatorToken);
        expression(code.right, node.left);
        code = code.left;
        node = bare(node.right);
        continue;
      }
      steps.push({ operator: code.operator, right: code.right, node });
      code = code.left;
      node = bare(node.left);
    }
    expression(code, node);
    for (const { operator, right, node: operation } of steps.reverse()) {
      if (!ts.isBinaryExpression(operation) || operation.operatorToken.kind !== operatorTokens[operator])
        return differ(`an operation ${operator}`, operation);
      met.add(operation.operatorToken);
      expression(right, operation.right);
    }
  }

  /** A chain of one logical operator means the same however it is bracketed, and formatters take the brackets away. */
  function logical(top: Code, operator: BinaryOperator, topNode: Node): void {
    const wanted: Code[] = [];
    const openCode = [top];
    for (let code = openCode.pop(); code !== undefined; code = openCode.pop()) {
      if (code.kind === "binary" && code.operator === operator) openCode.push(code.right, code.left);
      else wanted.push(code);
    }
    const found: Node[] = [];
    const openNodes = [topNode];
    for (let node = openNodes.pop(); node !== undefined; node = openNodes.pop()) {
      node = bare(node);
      if (ts.isBinaryExpression(node) && node.operatorToken.kind === operatorTokens[operator]) {
        met.add(node).add(node.operatorToken);
        openNodes.push(node.right, node.left);
      } else found.push(node);
    }
    if (wanted.length !== found.length) return differ(`a chain of ${wanted.length} operands of ${operator}`, topNode);
    wanted.forEach((code, i) => expression(code, found[i] as Node));
  }

  /** What no partner was found for: an optional token, a type argument, a modifier that the comparison did not ask about. */
  function refuseUnmet(): void {
    const open: Node[] = source.statements.slice().reverse();
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (!met.has(node)) differ("nothing that the tree does not hold", node);
      // One by one: an array may have more elements than a call takes arguments.
      for (const child of children(ts, node).reverse()) open.push(child);
    }
  }

  function differ(wanted: string, node: Node): never {
    const start = node.getStart(source);
    throw differenceAt(
      source,
      start,
      wanted,
      `${SyntaxKind[node.kind]} '${source.text.slice(start, Math.min(node.end, start + 60))}'`,
    );
  }

  function differenceAt(file: SourceFile, offset: number, wanted: string, found: string): InternalError {
    const { line, character } = ts.getLineAndCharacterOfPosition(file, offset);
    return new InternalError(
      `the emitted text is not what was meant, at ${line + 1}:${character + 1}: expected ${wanted}, found ${found}`,
    );
  }
}

function isLogical(operator: BinaryOperator): boolean {
  return operator === "&&" || operator === "||" || operator === "??";
}
