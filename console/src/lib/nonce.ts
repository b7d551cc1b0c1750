/** The nonce of this answer: Vite leaves it in a meta element. */
export const nonce =
  document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? '';

/**
 * Gives every style element that a script makes the nonce. Ant Design puts it on its own, but its dialogs hold the page still by a rule
 * that they add without (@rc-component/portal, useScrollLocker). Who can run a script here has the nonce anyway.
 */
export function giveStylesTheNonce(): void {
  /* eslint-disable @typescript-eslint/no-deprecated -- of its overloads only those for forgotten elements are. */
  const make = document.createElement.bind(document);
  document.createElement = (name: string, options?: ElementCreationOptions): HTMLElement => {
    const element = make(name, options);
    if (element instanceof HTMLStyleElement) element.nonce = nonce;
    return element;
  };
  /* eslint-enable @typescript-eslint/no-deprecated */
}
