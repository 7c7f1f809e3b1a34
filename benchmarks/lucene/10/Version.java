import java.io.IOException;
import org.apache.lucene.document.Document;
import org.apache.lucene.facet.FacetResult;
import org.apache.lucene.facet.Facets;
import org.apache.lucene.facet.FacetsConfig;
import org.apache.lucene.facet.sortedset.DefaultSortedSetDocValuesReaderState;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesReaderState;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopScoreDocCollector;
import org.apache.lucene.search.TopScoreDocCollectorManager;

/** What Lucene 10 calls otherwise than earlier versions do. */
final class Version {
    private Version() {}

    static TopScoreDocCollector best(int top) {
        return new TopScoreDocCollectorManager(top, Integer.MAX_VALUE).newCollector(); // the total is exact
    }

    static long total(TopDocs found) {
        return found.totalHits.value();
    }

    static Document document(IndexSearcher searcher, int number) throws IOException {
        return searcher.storedFields().document(number);
    }

    static SortedSetDocValuesReaderState facets(IndexReader reader, FacetsConfig config) throws IOException {
        return new DefaultSortedSetDocValuesReaderState(reader, config);
    }

    /** Every value of a facet. */
    static FacetResult all(SortedSetDocValuesReaderState facets, Facets counts, String name) throws IOException {
        return facets.getOrdRange(name) == null ? null : counts.getAllChildren(name);
    }
}
