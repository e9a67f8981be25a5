import { basename } from 'node:path';
import type { OperationName, OperationOutput } from '../../contract/operations.ts';

type PageAnswers = { readonly [N in OperationName]?: (output: OperationOutput<N>) => unknown };

/** Outputs that hold more than the page may have: without the token of the session, and without paths. */
const pageAnswers: PageAnswers = {
  'session.login': ({ session }) => ({ session }),
  'bundle.export-document': (output) => ({ ...output, path: basename(output.path) }),
};

export function pageAnswer<N extends OperationName>(name: N, output: OperationOutput<N>): unknown {
  const shorten: ((output: OperationOutput<N>) => unknown) | undefined = pageAnswers[name];
  return shorten === undefined ? output : shorten(output);
}
