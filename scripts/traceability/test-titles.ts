import ts from 'typescript';

export interface TestTitle {
  /** Path from the project's root. */
  readonly file: string;
  /** Titles of the enclosing suites and of the test itself; a part that only exists at run time reads `…`. */
  readonly title: string;
  /** True where the test never runs as it stands (`test.skip`, `test.todo`). */
  readonly skipped: boolean;
}

const SUITES: ReadonlySet<string> = new Set(['describe', 'suite']);
const TESTS: ReadonlySet<string> = new Set(['test', 'it']);

/** The titles of all tests that a test file defines by calls like `test('title', …)`, `it.skip(…)`, `t.test(…)`. */
export function readTestTitles(file: string, source: string): TestTitle[] {
  const titles: TestTitle[] = [];
  const visit = (node: ts.Node, suites: readonly string[]): void => {
    const call = readTestCall(node);
    const path = call === undefined ? suites : [...suites, call.title];
    if (call?.kind === 'test') titles.push({ file, title: path.join(' › '), skipped: call.skipped });
    ts.forEachChild(node, (child) => visit(child, path));
  };
  visit(ts.createSourceFile(file, source, ts.ScriptTarget.Latest), []);
  return titles;
}

interface TestCall {
  readonly kind: 'suite' | 'test';
  readonly title: string;
  readonly skipped: boolean;
}

function readTestCall(node: ts.Node): TestCall | undefined {
  if (!ts.isCallExpression(node)) return undefined;
  const [titleNode] = node.arguments;
  const title = titleNode === undefined ? undefined : readText(titleNode);
  if (title === undefined) return undefined;
  const names = calleeNames(node.expression);
  const skipped = names.includes('skip') || names.includes('todo');
  // RegExp.prototype.test and the like take no literal text as first argument and carry other names before theirs.
  if (names.some((name) => SUITES.has(name))) return { kind: 'suite', title, skipped };
  if (names.some((name) => TESTS.has(name))) return { kind: 'test', title, skipped };
  return undefined;
}

/** `t.test.skip` → t, test, skip. */
function calleeNames(node: ts.Expression): string[] {
  if (ts.isIdentifier(node)) return [node.text];
  if (ts.isPropertyAccessExpression(node)) return [...calleeNames(node.expression), node.name.text];
  return [];
}

/** Text of a title as far as the source tells it, or undefined where it tells nothing. */
function readText(node: ts.Expression): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node)) {
    return node.head.text + node.templateSpans.map((span) => `…${span.literal.text}`).join('');
  }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const [left, right] = [readText(node.left), readText(node.right)];
    return left === undefined && right === undefined ? undefined : `${left ?? '…'}${right ?? '…'}`;
  }
  return undefined;
}
