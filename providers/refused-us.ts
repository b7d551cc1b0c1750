/**
 * What a provider throws when it refuses our credentials, account or sender: no other message would fare better, and a person must act.
 * Its name is `ProviderRefusedUs`, by which Temporal can tell it from a bug. Holds no address and none of the provider's prose.
 */
export const refusedUs = (provider: string, code: number | string): Error =>
  Object.assign(new Error(`${provider} refuses our credentials or our sender: ${code}`), {
    name: 'ProviderRefusedUs',
  });
