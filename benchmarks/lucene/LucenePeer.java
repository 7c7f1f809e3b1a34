import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.facet.FacetResult;
import org.apache.lucene.facet.Facets;
import org.apache.lucene.facet.FacetsCollector;
import org.apache.lucene.facet.FacetsConfig;
import org.apache.lucene.facet.LabelAndValue;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesFacetCounts;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesFacetField;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesReaderState;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MultiCollector;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollector;
import org.apache.lucene.store.FSDirectory;

/**
 * Lucene as a peer of the benchmark: indexes a file of documents (id, outlet, year, words; tab-separated), tells the
 * seconds and the number of segments, then answers one request a line until its input ends. `Version` is compiled from the
 * folder of the version of Lucene that is measured.
 *
 * <pre>
 * request: operator TAB year TAB word TAB word …
 * reply:   nanoseconds TAB total TAB id US id … TAB outlet US count US … TAB year US count US …   (US is \x1f)
 * </pre>
 */
public final class LucenePeer {
    private static final double BUFFER_MB = 256;
    private static final String TAB = "\t";
    private static final String ITEM = "\u001f";

    private final int top;
    private final IndexSearcher searcher;
    private final SortedSetDocValuesReaderState facets;

    private LucenePeer(DirectoryReader reader, int top) throws IOException {
        this.top = top;
        this.searcher = new IndexSearcher(reader);
        this.facets = Version.facets(reader, new FacetsConfig());
    }

    /** Indexes, then answers; arguments: file of documents, folder of the index, number of hits. */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        FSDirectory directory = FSDirectory.open(Paths.get(arguments[1]));
        long start = System.nanoTime();
        index(Paths.get(arguments[0]), directory);
        double seconds = (System.nanoTime() - start) / 1e9;
        try (DirectoryReader reader = DirectoryReader.open(directory)) {
            out.println(seconds + TAB + reader.leaves().size());
            LucenePeer peer = new LucenePeer(reader, Integer.parseInt(arguments[2]));
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                out.println(peer.answer(line));
            }
        }
    }

    private static void index(Path documents, FSDirectory directory) throws IOException {
        FacetsConfig config = new FacetsConfig();
        IndexWriterConfig settings = new IndexWriterConfig(new WhitespaceAnalyzer(IndexWriter.MAX_TERM_LENGTH));
        settings.setRAMBufferSizeMB(BUFFER_MB);
        try (IndexWriter writer = new IndexWriter(directory, settings);
                BufferedReader lines = Files.newBufferedReader(documents)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                writer.addDocument(config.build(document(line.split(TAB, -1))));
            }
        }
    }

    private static Document document(String[] fields) {
        Document document = new Document();
        document.add(new StoredField("id", fields[0]));
        if (!fields[1].isEmpty()) {
            document.add(new SortedSetDocValuesFacetField("outlet", fields[1]));
        }
        if (!fields[2].isEmpty()) {
            document.add(new SortedSetDocValuesFacetField("year", fields[2]));
            document.add(new StringField("year", fields[2], Field.Store.NO));
        }
        document.add(new TextField("text", fields[3], Field.Store.NO));
        return document;
    }

    private String answer(String line) throws IOException {
        String[] request = line.split(TAB, -1);
        long start = System.nanoTime();
        TopScoreDocCollector best = Version.best(top);
        FacetsCollector matching = new FacetsCollector();
        searcher.search(query(request), MultiCollector.wrap(best, matching));
        StringJoiner ids = new StringJoiner(ITEM);
        TopDocs found = best.topDocs();
        for (ScoreDoc hit : found.scoreDocs) {
            ids.add(Version.document(searcher, hit.doc).get("id"));
        }
        Facets counts = new SortedSetDocValuesFacetCounts(facets, matching);
        FacetResult outlets = Version.all(facets, counts, "outlet");
        FacetResult years = Version.all(facets, counts, "year");
        long nanoseconds = System.nanoTime() - start;
        return String.join(TAB, Long.toString(nanoseconds), Long.toString(Version.total(found)), ids.toString(),
                said(outlets), said(years));
    }

    private static String said(FacetResult facet) {
        StringJoiner items = new StringJoiner(ITEM);
        if (facet != null) {
            for (LabelAndValue value : facet.labelValues) {
                items.add(value.label).add(value.value.toString());
            }
        }
        return items.toString();
    }

    private static Query query(String[] request) {
        Query words = words(request[0], Arrays.asList(request).subList(2, request.length));
        if (request[1].isEmpty()) {
            return words;
        }
        Query year = new TermQuery(new Term("year", request[1]));
        return new BooleanQuery.Builder().add(words, Occur.MUST).add(year, Occur.FILTER).build();
    }

    private static Query words(String operator, List<String> words) {
        switch (operator) {
            case "everything":
                return new MatchAllDocsQuery();
            case "phrase":
                return new PhraseQuery("text", words.toArray(new String[0]));
            case "prefix":
                return new PrefixQuery(new Term("text", words.get(0)));
            default:
                return words.size() == 1 ? term(words.get(0)) : all(words, operator.equals("any") ? Occur.SHOULD : Occur.MUST);
        }
    }

    private static Query all(List<String> words, Occur occur) {
        BooleanQuery.Builder builder = new BooleanQuery.Builder();
        words.forEach(word -> builder.add(term(word), occur));
        return builder.build();
    }

    private static Query term(String word) {
        return new TermQuery(new Term("text", word));
    }
}
