/**
 * Puts a text on the clipboard in answer to a key or a click. By the page's own copy command: the asynchronous clipboard needs a
 * permission, and Drydock's window is given none.
 */
export function copyText(text: string): void {
  const give = (event: ClipboardEvent): void => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  document.addEventListener('copy', give, { capture: true, once: true });
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- there is no other way without a permission
  document.execCommand('copy');
  document.removeEventListener('copy', give, { capture: true });
}
