/** What is wrong with a text that becomes a job's work order, asset tag or UDI: the form of the contract's `ScanText`. */
export function faultOf(text: string): 'missing' | 'form' | null {
  const trimmed = text.trim();
  if (trimmed === '') return 'missing';
  return trimmed.length <= 128 && /^[\x20-\x7e]+$/.test(trimmed) ? null : 'form';
}
