import type { Page } from 'playwright';

/** A field of the page that holds a file of the disk, as after a person has dropped it: `#given`. */
export async function giveFile(page: Page, path: string): Promise<void> {
  await page.evaluate(() => {
    document.body.append(Object.assign(document.createElement('input'), { id: 'given', type: 'file', multiple: true }));
  });
  const cdp = await page.context().newCDPSession(page);
  const { root } = await cdp.send('DOM.getDocument');
  const { nodeId } = await cdp.send('DOM.querySelector', { nodeId: root.nodeId, selector: '#given' });
  await cdp.send('DOM.setFileInputFiles', { nodeId, files: [path] });
}

/** Drops a file of the disk on the page, as a person does from the file manager. */
export async function dropFile(page: Page, path: string): Promise<void> {
  await giveFile(page, path);
  await page.evaluate(() => {
    const input = document.querySelector<HTMLInputElement>('#given');
    const dataTransfer = new DataTransfer();
    for (const file of input?.files ?? []) dataTransfer.items.add(file);
    input?.remove();
    for (const type of ['dragenter', 'dragover', 'drop'])
      document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
  });
}
