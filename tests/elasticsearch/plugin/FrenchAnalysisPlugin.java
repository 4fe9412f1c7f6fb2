import java.util.Map;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.fr.FrenchLightStemFilter;
import org.apache.lucene.analysis.fr.FrenchMinimalStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.util.ElisionFilter;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.index.IndexSettings;
import org.elasticsearch.index.analysis.AbstractTokenFilterFactory;
import org.elasticsearch.index.analysis.Analysis;
import org.elasticsearch.index.analysis.NormalizingTokenFilterFactory;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;
import org.elasticsearch.plugins.AnalysisPlugin;
import org.elasticsearch.plugins.Plugin;

/** Token filters of the official module analysis-common, which Maven Central lacks: same names, same parameters. */
public class FrenchAnalysisPlugin extends Plugin implements AnalysisPlugin {
    @Override
    public Map<String, AnalysisProvider<TokenFilterFactory>> getTokenFilters() {
        return Map.of("elision", Elision::new, "asciifolding", AsciiFolding::new, "stemmer", Stemmer::new);
    }

    static class Elision extends AbstractTokenFilterFactory implements NormalizingTokenFilterFactory {
        private final CharArraySet articles;

        Elision(IndexSettings index, Environment environment, String name, Settings settings) {
            super(name, settings);
            CharArraySet given = Analysis.parseArticles(environment, settings);
            articles = given == null ? FrenchAnalyzer.DEFAULT_ARTICLES : given;
        }

        @Override
        public TokenStream create(TokenStream tokens) {
            return new ElisionFilter(tokens, articles);
        }
    }

    static class AsciiFolding extends AbstractTokenFilterFactory implements NormalizingTokenFilterFactory {
        private final boolean preserveOriginal;

        AsciiFolding(IndexSettings index, Environment environment, String name, Settings settings) {
            super(name, settings);
            preserveOriginal = settings.getAsBoolean("preserve_original", false);
        }

        @Override
        public TokenStream create(TokenStream tokens) {
            return new ASCIIFoldingFilter(tokens, preserveOriginal);
        }

        @Override
        public TokenStream normalize(TokenStream tokens) {
            return new ASCIIFoldingFilter(tokens);
        }
    }

    static class Stemmer extends AbstractTokenFilterFactory {
        private final String language;

        Stemmer(IndexSettings index, Environment environment, String name, Settings settings) {
            super(name, settings);
            language = settings.get("language", settings.get("name", "light_french"));
        }

        @Override
        public TokenStream create(TokenStream tokens) {
            return switch (language) {
                case "light_french", "lightFrench" -> new FrenchLightStemFilter(tokens);
                case "minimal_french", "minimalFrench" -> new FrenchMinimalStemFilter(tokens);
                default -> throw new IllegalArgumentException("only French here, not [" + language + "]");
            };
        }
    }
}
