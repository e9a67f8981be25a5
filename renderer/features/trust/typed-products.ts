/** `a, b`: product ids as somebody types them. */
export function productsOf(typed: string): string[] {
  return typed
    .split(',')
    .map((product) => product.trim())
    .filter((product) => product !== '');
}
