import { texts } from '../ui/texts';
import { chooseLanguage, chosenLanguage } from '../ui/texts/language';
import { isLanguage, languages } from '../ui/texts/languages';

/** Changes the language of the page and remembers it on this device. */
export function LanguageSwitch() {
  return (
    <label className="flex min-h-11 items-center gap-2 text-quiet">
      {texts.app.language}
      <select
        value={chosenLanguage()}
        onChange={({ target: { value } }) => isLanguage(value) && chooseLanguage(value)}
        className="control"
      >
        {Object.entries(languages).map(([code, { name }]) => (
          <option key={code} value={code} lang={code}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
