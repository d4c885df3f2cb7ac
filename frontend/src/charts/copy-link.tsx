import { useState } from 'react';
import { english } from '../ui/english';

/** Copies the address of what is on the screen, and says so. */
export function CopyLink() {
  const [label, setLabel] = useState<string>(english.charts.copyLink);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(window.location.href);
      setLabel(english.charts.copied);
    } catch {
      setLabel(english.charts.copyFailed);
    }
    setTimeout(() => setLabel(english.charts.copyLink), 2_500);
  };
  return (
    <button type="button" className="control min-w-26" onClick={() => void copy()}>
      <span aria-live="polite">{label}</span>
    </button>
  );
}
