import java.io.IOException;
import org.apache.lucene.document.Document;
import org.apache.lucene.facet.FacetResult;
import org.apache.lucene.facet.Facets;
import org.apache.lucene.facet.FacetsConfig;
import org.apache.lucene.facet.sortedset.DefaultSortedSetDocValuesReaderState;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesReaderState;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesReaderState.OrdRange;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollector;

/** What Lucene 8 calls otherwise than later versions do. */
final class Version {
    private Version() {}

    static TopScoreDocCollector best(int top) {
        return TopScoreDocCollector.create(top, Integer.MAX_VALUE); // the total is exact
    }

    static long total(TopDocs found) {
        return found.totalHits.value;
    }

    static Document document(IndexSearcher searcher, int number) throws IOException {
        return searcher.doc(number);
    }

    static SortedSetDocValuesReaderState facets(IndexReader reader, FacetsConfig config) throws IOException {
        return new DefaultSortedSetDocValuesReaderState(reader);
    }

    /** Every value of a facet; no more are asked for than there are, since Lucene makes room for all that are asked. */
    static FacetResult all(SortedSetDocValuesReaderState facets, Facets counts, String name) throws IOException {
        OrdRange range = facets.getOrdRange(name);
        return range == null ? null : counts.getTopChildren(range.end - range.start + 1, name);
    }
}
