import ts from 'typescript';

/**
 * One file of ours as JavaScript: types gone, and `.js` for `.ts` in imports and in `new URL('….ts', import.meta.url)`, by which a worker's
 * file is named. Throws where the file does not parse.
 */
export function toJavaScript(path: string, source: string, target = ts.ScriptTarget.ES2024): string {
  const { outputText, diagnostics = [] } = ts.transpileModule(source, {
    fileName: path,
    reportDiagnostics: true,
    transformers: { before: [renameUrls] },
    compilerOptions: {
      target,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
      rewriteRelativeImportExtensions: true,
      erasableSyntaxOnly: true,
      sourceMap: false,
    },
  });
  const [fault] = diagnostics;
  if (fault !== undefined) throw new SyntaxError(`${path}: ${ts.flattenDiagnosticMessageText(fault.messageText, ' ')}`);
  return outputText;
}

function renameUrls(context: ts.TransformationContext): ts.Transformer<ts.SourceFile> {
  const visit = (node: ts.Node): ts.Node => {
    if (ts.isNewExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'URL') {
      const [first, ...rest] = node.arguments ?? [];
      if (first !== undefined && ts.isStringLiteral(first) && first.text.endsWith('.ts')) {
        const renamed = context.factory.createStringLiteral(first.text.replace(/\.ts$/, '.js'), true);
        return context.factory.updateNewExpression(node, node.expression, node.typeArguments, [renamed, ...rest]);
      }
    }
    return ts.visitEachChild(node, visit, context);
  };
  return (file) => ts.visitEachChild(file, visit, context);
}
