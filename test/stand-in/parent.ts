/** What the stand-in asks of whoever runs it: a test answers by messages, a person in the window. */
export interface Question {
  readonly kind: 'open' | 'message' | 'print';
  readonly options: unknown;
}

const waiting = new Map<number, (answer: unknown) => void>();
let last = 0;

process.on('message', (message: { answerTo?: number; answer?: unknown }) => {
  if (message.answerTo === undefined) return;
  waiting.get(message.answerTo)?.(message.answer);
  waiting.delete(message.answerTo);
});

/** Tells the parent, where there is one. */
export function tellParent(message: object): void {
  process.send?.(message);
}

/** @param askPerson asks whoever sits at the window, where no test runs it */
export async function askParent(question: Question, askPerson: () => Promise<unknown>): Promise<unknown> {
  if (process.send === undefined) return await askPerson();
  last += 1;
  const id = last;
  return await new Promise((done) => {
    waiting.set(id, done);
    tellParent({ question: id, ...question });
  });
}
