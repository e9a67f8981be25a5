import ts from 'typescript';

/** What instrumented code finds under `globalThis.drydockFuzz`; see `Coverage`. */
const prelude = 'const {hits:$hits,isEqual:$isEqual,notice:$notice}=globalThis.drydockFuzz;';

const logicalOperators: readonly ts.SyntaxKind[] = [
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
];

/**
 * Turns TypeScript into JavaScript that counts each branch it takes (functions, both ways of every decision, loop bodies, cases,
 * catch clauses), shows what it compares, and shows every error that it catches. What it computes stays the same.
 * @param allocate gives each branch its number
 */
export function instrument(source: string, fileName: string, allocate: () => number): string {
  const { outputText } = ts.transpileModule(source, {
    fileName,
    compilerOptions: {
      target: ts.ScriptTarget.ES2024,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
      inlineSourceMap: true,
    },
    transformers: {
      before: [(context) => (file) => ts.visitEachChild(file, new Visitor(context, allocate).visit, context)],
    },
  });
  return prelude + outputText;
}

class Visitor {
  readonly #context: ts.TransformationContext;
  readonly #factory: ts.NodeFactory;
  readonly #allocate: () => number;

  constructor(context: ts.TransformationContext, allocate: () => number) {
    this.#context = context;
    this.#factory = context.factory;
    this.#allocate = allocate;
  }

  readonly visit = (node: ts.Node): ts.Node => this.#count(ts.visitEachChild(node, this.visit, this.#context));

  #count(node: ts.Node): ts.Node {
    const factory = this.#factory;
    if (ts.isFunctionDeclaration(node) && node.body) {
      const { modifiers, asteriskToken, name, typeParameters, parameters, type } = node;
      const body = this.#block(node.body);
      return factory.updateFunctionDeclaration(
        node,
        modifiers,
        asteriskToken,
        name,
        typeParameters,
        parameters,
        type,
        body,
      );
    }
    if (ts.isFunctionExpression(node)) {
      const { modifiers, asteriskToken, name, typeParameters, parameters, type } = node;
      const body = this.#block(node.body);
      return factory.updateFunctionExpression(
        node,
        modifiers,
        asteriskToken,
        name,
        typeParameters,
        parameters,
        type,
        body,
      );
    }
    if (ts.isMethodDeclaration(node) && node.body) {
      const { modifiers, asteriskToken, name, questionToken, typeParameters, parameters, type } = node;
      const body = this.#block(node.body);
      return factory.updateMethodDeclaration(
        node,
        modifiers,
        asteriskToken,
        name,
        questionToken,
        typeParameters,
        parameters,
        type,
        body,
      );
    }
    if (ts.isConstructorDeclaration(node) && node.body)
      return factory.updateConstructorDeclaration(node, node.modifiers, node.parameters, this.#block(node.body));
    if (ts.isArrowFunction(node)) {
      const { modifiers, typeParameters, parameters, type, equalsGreaterThanToken } = node;
      const body = ts.isBlock(node.body) ? this.#block(node.body) : this.#counted(node.body);
      return factory.updateArrowFunction(
        node,
        modifiers,
        typeParameters,
        parameters,
        type,
        equalsGreaterThanToken,
        body,
      );
    }
    return this.#countDecision(node);
  }

  #countDecision(node: ts.Node): ts.Node {
    const factory = this.#factory;
    if (ts.isIfStatement(node)) {
      const otherwise = node.elseStatement ?? factory.createBlock([]);
      return factory.updateIfStatement(node, node.expression, this.#block(node.thenStatement), this.#block(otherwise));
    }
    if (ts.isConditionalExpression(node)) {
      const { condition, questionToken, whenTrue, colonToken, whenFalse } = node;
      const ways = [this.#counted(whenTrue), this.#counted(whenFalse)] as const;
      return factory.updateConditionalExpression(node, condition, questionToken, ways[0], colonToken, ways[1]);
    }
    if (ts.isBinaryExpression(node)) return this.#countBinary(node);
    if (ts.isCaseClause(node))
      return factory.updateCaseClause(node, node.expression, [this.#statement(), ...node.statements]);
    if (ts.isDefaultClause(node)) return factory.updateDefaultClause(node, [this.#statement(), ...node.statements]);
    if (ts.isCatchClause(node)) return this.#countCatch(node);
    return this.#countLoop(node);
  }

  #countBinary(node: ts.BinaryExpression): ts.Node {
    const { left, operatorToken, right } = node;
    if (logicalOperators.includes(operatorToken.kind))
      return this.#factory.updateBinaryExpression(node, left, operatorToken, this.#counted(right));
    const isEqual = operatorToken.kind === ts.SyntaxKind.EqualsEqualsEqualsToken;
    if (!isEqual && operatorToken.kind !== ts.SyntaxKind.ExclamationEqualsEqualsToken) return node;
    const call = this.#call('$isEqual', left, right);
    return isEqual ? call : this.#factory.createLogicalNot(call);
  }

  #countCatch(node: ts.CatchClause): ts.Node {
    const factory = this.#factory;
    const declared = node.variableDeclaration ?? factory.createVariableDeclaration('$error');
    const notice = ts.isIdentifier(declared.name)
      ? [factory.createExpressionStatement(this.#call('$notice', declared.name))]
      : [];
    return factory.updateCatchClause(node, declared, this.#block(node.block, notice));
  }

  #countLoop(node: ts.Node): ts.Node {
    const factory = this.#factory;
    if (ts.isForStatement(node)) {
      const { initializer, condition, incrementor, statement } = node;
      return factory.updateForStatement(node, initializer, condition, incrementor, this.#block(statement));
    }
    if (ts.isForOfStatement(node)) {
      const { awaitModifier, initializer, expression, statement } = node;
      return factory.updateForOfStatement(node, awaitModifier, initializer, expression, this.#block(statement));
    }
    if (ts.isWhileStatement(node))
      return factory.updateWhileStatement(node, node.expression, this.#block(node.statement));
    if (ts.isDoStatement(node)) return factory.updateDoStatement(node, this.#block(node.statement), node.expression);
    return node;
  }

  #hit(): ts.Expression {
    const hits = this.#factory.createIdentifier('$hits');
    return this.#factory.createPostfixIncrement(this.#factory.createElementAccessExpression(hits, this.#allocate()));
  }

  #statement(): ts.Statement {
    return this.#factory.createExpressionStatement(this.#hit());
  }

  #counted(expression: ts.Expression): ts.Expression {
    return this.#factory.createParenthesizedExpression(this.#factory.createComma(this.#hit(), expression));
  }

  #block(statement: ts.Statement, first: readonly ts.Statement[] = []): ts.Block {
    const statements = ts.isBlock(statement) ? statement.statements : [statement];
    return this.#factory.createBlock([this.#statement(), ...first, ...statements], true);
  }

  #call(name: string, ...parameters: readonly ts.Expression[]): ts.Expression {
    return this.#factory.createCallExpression(this.#factory.createIdentifier(name), undefined, parameters);
  }
}
