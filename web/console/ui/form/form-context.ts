import { createContext } from "preact";

export interface FormState {
  /** Whether the form was sent once: from then on all fields show their errors. */
  submitted: boolean;
}

export const FormContext: ReturnType<typeof createContext<FormState>> = createContext<FormState>({ submitted: false });
