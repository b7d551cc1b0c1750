/** A file that cannot be imported at all, whatever its rows say. The message is for the person who brought it. */
export class WrongShape extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'WrongShape';
  }
}
