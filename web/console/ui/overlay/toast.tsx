import { type ComponentChildren, createContext, type JSX } from "preact";
import { useCallback, useContext, useEffect, useState } from "preact/hooks";
import { Icon } from "../basics/icon.tsx";
import { useWords } from "../locale.tsx";
import { words } from "../words.ts";

export interface Toast {
  /** What was done: "Ida Brandt was moved to Thursday, 09:00." Never a failure, which belongs where it happened. */
  text: string;
  undo?: (() => void) | undefined;
}

const SHOWN_MS = 6_000;

const ToastContext = createContext<(toast: Toast) => void>(() => undefined);

/** @returns Shows a toast; a new one replaces the one before. */
export function useToast(): (toast: Toast) => void {
  return useContext(ToastContext);
}

/** Holds the place of toasts. Once, around all pages. */
export function ToastProvider({ children }: { children: ComponentChildren }): JSX.Element {
  const { undo } = useWords(words);
  const [toast, setToast] = useState<Toast | undefined>(undefined);
  const [held, setHeld] = useState(false);
  const show = useCallback((next: Toast) => setToast({ ...next }), []);
  useEffect(() => {
    // Stays while the pointer rests on it or the focus is in it, so that Undo can be reached.
    if (toast === undefined || held) return;
    const timer = setTimeout(() => setToast(undefined), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [toast, held]);
  const end = () => {
    setToast(undefined);
    setHeld(false);
  };
  return (
    <ToastContext.Provider value={show}>
      {children}
      <div
        class="toast-place"
        role="status"
        onMouseEnter={() => setHeld(true)}
        onMouseLeave={() => setHeld(false)}
        onFocusCapture={() => setHeld(true)}
        onBlurCapture={() => setHeld(false)}
      >
        {toast && (
          <div class="toast">
            <Icon name="circle-check" />
            <span>{toast.text}</span>
            {toast.undo && (
              <button
                type="button"
                onClick={() => {
                  toast.undo?.();
                  end();
                }}
              >
                {undo}
              </button>
            )}
          </div>
        )}
      </div>
    </ToastContext.Provider>
  );
}
