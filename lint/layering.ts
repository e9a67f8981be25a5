import { relative } from 'node:path';
import type { Rule } from 'eslint';
import { judgeImport } from './judge-import.ts';

/**
 * `drydock/layering`: refuses an import that the table of lint/rooms.ts does not allow, in whatever form it is written:
 * `import`, `export … from`, `import()`, `import('…').Type`, `require`, `import.meta.resolve`, `new URL('…', import.meta.url)`.
 */
export const layering: Rule.RuleModule = {
  meta: {
    type: 'problem',
    docs: { description: 'keeps the arrows of ARCHITECTURE.md' },
    schema: [],
    messages: {
      forbidden: 'Import of "{{specifier}}" goes against ARCHITECTURE.md: {{reason}}.',
      unreadable: 'What this imports is known only at run time, so the arrows of ARCHITECTURE.md cannot be checked.',
    },
  },
  create(context) {
    const file = relative(context.cwd, context.filename).replaceAll('\\', '/');
    const judge = (node: Rule.Node, specifier: unknown, typeOnly = false): void => {
      if (typeof specifier !== 'string') {
        // Rooms without limits (the tests) may load what they like.
        if (judgeImport(file, '/', false) !== undefined) context.report({ node, messageId: 'unreadable' });
        return;
      }
      const reason = judgeImport(file, specifier, typeOnly);
      if (reason !== undefined) context.report({ node, messageId: 'forbidden', data: { specifier, reason } });
    };
    const judgeArgument = (node: Rule.Node): void => {
      if (node.type === 'CallExpression' || node.type === 'NewExpression') judge(node, literalValue(node.arguments[0]));
    };
    return {
      ImportDeclaration: (node) => judge(node, node.source.value, isTypeOnly(node)),
      ExportAllDeclaration: (node) => judge(node, node.source.value, isTypeOnly(node)),
      ExportNamedDeclaration: (node) => {
        if (node.source) judge(node, node.source.value, isTypeOnly(node));
      },
      ImportExpression: (node) => judge(node, literalValue(node.source)),
      TSImportType: (node: Rule.Node & { source: SyntaxNode }) => judge(node, literalValue(node.source), true),
      'CallExpression[callee.name="require"]': judgeArgument,
      // These only find a file, so a name that is put together at run time loads no code by itself.
      'CallExpression[callee.object.name="require"][callee.property.name="resolve"][arguments.0.type="Literal"]':
        judgeArgument,
      'CallExpression[callee.object.type="MetaProperty"][callee.property.name="resolve"][arguments.0.type="Literal"]':
        judgeArgument,
      // A worker's file is named this way.
      'NewExpression[callee.name="URL"][arguments.1.object.type="MetaProperty"]': judgeArgument,
    };
  },
};

interface SyntaxNode {
  readonly type: string;
  readonly value?: unknown;
}

function literalValue(node: SyntaxNode | undefined): unknown {
  return node?.type === 'Literal' ? node.value : undefined;
}

/**
 * True for `import type …` and `export type …`. An import whose names are marked one by one is not: what is left of it at run
 * time is `import {} from …`, which still loads the file.
 */
function isTypeOnly(node: object): boolean {
  return ('importKind' in node && node.importKind === 'type') || ('exportKind' in node && node.exportKind === 'type');
}
