import { refuse, type Refusal } from '../../contract/result.ts';

/** Who pins what for which products, and when. */
export interface PinScope {
  readonly label: string;
  /** Product ids, or `['*']` for every product. */
  readonly products: readonly string[];
  /** Fingerprint as its owner gave it on another way; grouping and case do not matter. */
  readonly typedFingerprint: string;
  readonly addedAt: Date;
  readonly addedBy: string;
}

const maxLabelLength = 120;
const maxProducts = 64;
const printable = /^[^\p{C}\p{Zl}\p{Zp}]+$/u;

/** `trust.label-invalid`. */
export function checkPinScope({ label, products }: PinScope): Refusal | undefined {
  const isText = (text: string): boolean => text.trim() !== '' && text.length <= maxLabelLength && printable.test(text);
  if (!isText(label))
    return refuse('trust.label-invalid', `The label must be plain text of 1 to ${maxLabelLength} characters.`);
  if (products.length === 0 || products.length > maxProducts || !products.every(isText)) {
    return refuse('trust.label-invalid', `Name 1 to ${maxProducts} products, or * for all.`);
  }
  return undefined;
}
