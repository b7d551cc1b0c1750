import { Component, type ReactNode } from 'react';
import { Failure } from './Failure';

/** What fails below is shown here, with what to do, instead of a blank page. */
export class Boundary extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error): { error: Error } {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    return error === null ? (
      this.props.children
    ) : (
      <Failure error={error} again={() => location.reload()} />
    );
  }
}
