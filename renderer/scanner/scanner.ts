import { BurstReader, longestGapMs, type Scan } from './burst.ts';

/** Takes a scan; false leaves it to the one that was there before. */
export type TakeScan = (scan: Scan) => boolean;

const takers: TakeScan[] = [];

/** Whoever asks last is asked first. Returns the function that ends it. */
export function onScan(take: TakeScan): () => void {
  takers.push(take);
  return () => {
    takers.splice(takers.indexOf(take), 1);
  };
}

/** Silence that ends a code without Enter: long, since on a busy machine the next keys may be waiting in a queue while nothing is heard. */
const silenceMs = longestGapMs * 8;

/** A burst of this length is not a person's: what it would do outside of fields (Space on a button) is held back. */
const certainLength = 4;

interface TypedField {
  readonly field: HTMLInputElement | HTMLTextAreaElement;
  readonly value: string;
  readonly selection: readonly [number | null, number | null];
}

/**
 * Listens to a keyboard wedge on the whole page. Typing is never touched. Only where a burst is over and somebody takes it, the field that
 * had the focus gets back what it held before, and the Enter that ended the burst does nothing else. A password field is left alone: its
 * owner may have the password on a card.
 */
export function listenForScans(page: Document): () => void {
  const burst = new BurstReader();
  let before: TypedField | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;

  const give = (scan: Scan | undefined): boolean => {
    if (scan === undefined || takers.length === 0) return false;
    // First the field, then the taker: it may fill this very field.
    const typeAgain = before === undefined ? undefined : putBack(before);
    const isTaken = takers.toReversed().some((take) => take(scan));
    if (!isTaken) typeAgain?.();
    return isTaken;
  };
  const onKey = (event: KeyboardEvent): void => {
    clearTimeout(silence);
    const isSeparator = burst.length > 0 && isGroupSeparator(event);
    if (isPassword(event.target) || (isCommand(event) && !isSeparator) || event.isComposing) {
      burst.clear();
      return;
    }
    if (isSeparator) {
      burst.add(groupSeparator, event.timeStamp);
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    if (event.key === 'Enter' || event.key === 'Tab') {
      if (!give(burst.end(event.timeStamp))) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    } else if (event.key.length === 1) {
      if (burst.add(event.key, event.timeStamp) === 1) before = remember(event.target);
      if (burst.length >= certainLength && before === undefined) event.preventDefault();
      silence = setTimeout(() => give(burst.fallSilent()), silenceMs);
    }
  };
  page.addEventListener('keydown', onKey, { capture: true });
  return () => {
    clearTimeout(silence);
    page.removeEventListener('keydown', onKey, { capture: true });
  };
}

/** FNC1 between two elements of a GS1 code; a keyboard has no key for it, so readers press Ctrl and ]. */
const groupSeparator = '\u001d';

function isGroupSeparator({ ctrlKey, altKey, key, code }: KeyboardEvent): boolean {
  return key === groupSeparator || (ctrlKey && !altKey && (key === ']' || code === 'BracketRight'));
}

/** AltGr is reported as Ctrl and Alt on some systems, and types characters: the ] of an AIM identifier on a German keyboard. */
function isCommand(event: KeyboardEvent): boolean {
  return (event.ctrlKey || event.metaKey) && !event.getModifierState('AltGraph');
}

function isPassword(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement && target.dataset['secret'] !== undefined;
}

function remember(target: EventTarget | null): TypedField | undefined {
  const isField = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
  if (!isField || target.readOnly) return undefined;
  return { field: target, value: target.value, selection: [target.selectionStart, target.selectionEnd] };
}

/** Gives a field back what it held. Returns the function that undoes it. */
function putBack({ field, value, selection }: TypedField): () => void {
  const typed = field.value;
  setValue(field, value);
  field.setSelectionRange(...selection);
  return () => {
    setValue(field, typed);
  };
}

function setValue(field: HTMLInputElement | HTMLTextAreaElement, value: string): void {
  if (field.value === value) return;
  field.value = value;
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
