import type { Opened } from './opened';

/** The board of the device cases. */
export function devices(given: () => Opened): void {
  test('a device case goes on from the board by the keyboard alone', async () => {
    const { page, byRole, axe, faults } = await given().stack.as('supervisor', '/devices');
    const first = byRole('region', '待联系');
    await first.getByRole('link', { name: '客户 dou C-dou' }).focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const dialog = byRole('dialog', '记录结果');
    await dialog.getByLabel('结果').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await dialog.getByLabel('原因').fill('电话里谈过');
    expect(await axe()).toEqual([]);
    await dialog.getByRole('button', { name: '记录结果' }).press('Enter');
    await page.getByText('已完成：记录结果').waitFor();
    await byRole('region', '已联系').getByRole('link', { name: '客户 dou C-dou' }).click();
    await byRole('region', '做过的事').first().getByText('电话里谈过').waitFor();
    expect(await page.locator('[aria-current=step]').innerText()).toBe('已联系');
    expect(faults).toEqual([]);
  });
}
